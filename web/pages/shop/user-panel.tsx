// Who buys, and with what credit.
import { useState } from 'preact/hooks';
import { ActionButton } from './action-button.tsx';
import { ActionProblem } from './action-problem.tsx';
import { AmountForm } from './amount-form.tsx';
import { createdId, type User } from './contract.ts';
import { focusAfterwards } from './focus.ts';
import { ShortId } from './short-id.tsx';
import { useAction } from './use-action.ts';

interface Props {
  readonly user: User | undefined;
  onCreated(id: string): Promise<void>;
  onChanged(): Promise<void>;
}

export function UserPanel({ user, onCreated, onChanged }: Props) {
  const create = useAction(async (reply) => {
    const id = createdId(reply, 'user_id');
    if (id === undefined) return;
    await onCreated(id);
    focusAfterwards('funds');
  });
  const [news, setNews] = useState(false);
  return (
    <section aria-labelledby="user-heading">
      <h2 id="user-heading">User</h2>
      {user === undefined ? (
        <>
          <p class="hint">Somebody who buys. New users have no credit.</p>
          <ActionButton
            action={create}
            id="create-user"
            label="Create a user"
            pendingLabel="Creating…"
            path="/payment/create_user"
            primary
          />
          <ActionProblem action={create} />
        </>
      ) : (
        <>
          <p class="figure">
            <span class="number">{user.credit}</span> credit
          </p>
          <p class="legend">
            User <ShortId id={user.user_id} of="the user" />
          </p>
          <AmountForm
            id="funds"
            label="Credit to add"
            initial="100"
            least={1}
            button="Add credit"
            pendingButton="Adding…"
            path={(amount) => `/payment/add_funds/${encodeURIComponent(user.user_id)}/${amount}`}
            done={async () => {
              await onChanged();
              setNews(true);
            }}
          />
        </>
      )}
      <p class="unseen" role="status">
        {news && user ? `The user has ${user.credit} credit.` : ''}
      </p>
    </section>
  );
}
