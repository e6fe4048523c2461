// Asks for an id and opens its page: a plain form, so the address can be kept and shared.

export function IdForm({ id }: { id: string }) {
  return (
    <form class="id-form" action="/result" method="get">
      <label for="id">Id of the picture</label>
      <input id="id" name="id" defaultValue={id} required autoComplete="off" spellcheck={false} class="mono" />
      <button type="submit" class="primary">
        Show
      </button>
    </form>
  );
}
