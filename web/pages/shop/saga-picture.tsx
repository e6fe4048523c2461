// The picture of one attempt: who did what, in which order, and the way back where there was one.
import { type Attempt, after } from './saga.ts';
import { across, downwards, type Kind, type Layout, type Node } from './saga-layout.ts';
import { attemptWords } from './verdict.ts';

interface Props {
  readonly attempt: Attempt;
  itemName(id: string): string;
}

/** Two drawings, of which the style sheet shows the one that fits. */
export const SagaPicture = ({ attempt, itemName }: Props) => (
  <>
    <Picture layout={across} kind="across" attempt={attempt} itemName={itemName} />
    <Picture layout={downwards} kind="downwards" attempt={attempt} itemName={itemName} />
  </>
);

function Picture({ layout, kind, attempt, itemName }: Props & { layout: Layout; kind: string }) {
  const { width, height, lanes, nodes, edges } = layout(attempt, itemName);
  return (
    <svg class={`saga ${kind}`} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={inWords(attempt)}>
      {lanes.map(({ service, x, y, border }, index) => (
        <g key={service}>
          {index === 0 ? null : <path class="border" d={border} />}
          <text class="lane" x={x} y={y}>
            {service}
          </text>
        </g>
      ))}
      {edges.map(({ line, head, back }) => (
        <g key={line} class={back ? 'edge back' : 'edge'}>
          <path class="line" d={line} />
          <path d={head} />
        </g>
      ))}
      {nodes.map((node) => (
        <g key={node.step} class={`step ${node.kind.replace(' ', '-')}`}>
          <Mark {...node} />
          {node.lines.map(({ text, x, y }, index) => (
            <text key={text} class={index === 0 ? 'name' : ''} x={x} y={y}>
              {text}
            </text>
          ))}
        </g>
      ))}
    </svg>
  );
}

/** Shape as well as colour: a disc is done, a crossed square refused, a ring undone, a dotted ring not reached. */
export function Mark({ kind, x, y }: Pick<Node, 'kind' | 'x' | 'y'>) {
  if (kind === 'refused')
    return (
      <>
        <rect x={x - 8} y={y - 8} width="16" height="16" />
        <path class="cross" d={`M${x - 4} ${y - 4}l8 8m0 -8l-8 8`} />
      </>
    );
  return <circle cx={x} cy={y} r={kind === 'not reached' ? 6 : 8} />;
}

const kinds: readonly Kind[] = ['done', 'refused', 'undone', 'not reached'];

export const Key = () => (
  <ul class="key" aria-hidden="true">
    {kinds.map((kind) => (
      <li key={kind}>
        <svg class="saga" viewBox="0 0 20 20" aria-hidden="true">
          <g class={`step ${kind.replace(' ', '-')}`}>
            <Mark kind={kind} x={10} y={10} />
          </g>
        </svg>
        {kind}
      </li>
    ))}
    <li>
      <svg class="saga wide" viewBox="0 0 36 20" aria-hidden="true">
        <g class="edge back">
          <path class="line" d="M0 10H30" />
          <path d="M24 6l8 4l-8 4" />
        </g>
      </svg>
      the way back
    </li>
  </ul>
);

function inWords(attempt: Attempt): string {
  const steps = attempt.steps.map((step) => `${step.step} ${step.outcome === 'done' ? '' : `${step.outcome} `}${after(attempt, step.at)}`);
  return `Attempt ${attempt.attempt}, ${attemptWords(attempt)}: ${steps.join(', ')}.`;
}
