// Where everything of a saga's picture goes: across on wide screens, with the way back below the way there; downwards on phones.
import { type Attempt, after, isBack, isUnderWay, noteLines, type Service, type Step, type StepName } from './saga.ts';

export interface Lane {
  readonly service: Service;
  /** Of its name. */
  readonly x: number;
  readonly y: number;
  /** Path of the line that parts it from the lane before. */
  readonly border: string;
}

export type Kind = 'done' | 'refused' | 'undone' | 'not reached';

export interface Node {
  readonly step: StepName;
  readonly kind: Kind;
  readonly x: number;
  readonly y: number;
  /** Lines of text, the step's name first, each with its baseline. */
  readonly lines: readonly { readonly text: string; readonly x: number; readonly y: number }[];
}

export interface Edge {
  readonly line: string;
  readonly head: string;
  readonly back: boolean;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly Lane[];
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

export type Layout = (attempt: Attempt, itemName: (id: string) => string) => Drawing;

const services: readonly Service[] = ['orders', 'stock', 'payment'];
const wayThere = [
  { step: 'begin', service: 'orders' },
  { step: 'reserve', service: 'stock' },
  { step: 'charge', service: 'payment' },
  { step: 'complete', service: 'orders' },
] as const;
/** Space around a node's middle that lines leave free. */
const clearance = 13;
const lineHeight = 16;

const kindOf = (step: Step): Kind => (step.outcome === 'refused' ? 'refused' : isBack(step) ? 'undone' : 'done');

/** Steps of the way there that were not taken, or not yet. After an abort there is no completion left to show. */
function notReached({ steps }: Attempt) {
  const aborted = steps.some(({ step }) => step === 'abort');
  return wayThere.filter(({ step }) => !(aborted && step === 'complete') && !steps.some((taken) => taken.step === step));
}

/** Undoing stands in the column of what it undoes, aborting in that of completing. */
const columns: Record<StepName, number> = { begin: 0, reserve: 1, release: 1, charge: 2, refund: 2, complete: 3, abort: 3 };
const wide = { width: 960, first: 176, column: 232, there: 58, back: 96 } as const;
const laneTops: Record<Service, number> = { orders: 0, stock: 86, payment: 230 };

export const across: Layout = (attempt, itemName) => {
  const place = ({ step, service }: Pick<Step, 'step' | 'service'>, kind: Kind, time: string | undefined, notes: string): Node => {
    const x = wide.first + columns[step] * wide.column;
    const below = step === 'refund' || step === 'release';
    const y = laneTops[service] + (below ? wide.back : wide.there);
    const name = { text: time === undefined ? step : `${step}  ${time}`, x, y: below ? y + 27 : y - 19 };
    // What was refused has nothing below it that undoes it: there is room for the reason.
    const note = { text: notes, x, y: below ? name.y + lineHeight : y + 27 };
    return { step, kind, x, y, lines: notes === '' ? [name] : [name, note] };
  };
  const taken = attempt.steps.map((step) =>
    place(step, kindOf(step), after(attempt, step.at), noteLines(step, attempt, itemName).join(' ')),
  );
  return {
    width: wide.width,
    height: 374,
    lanes: services.map((service) => ({
      service,
      x: 0,
      y: laneTops[service] + wide.there + 5,
      border: `M0 ${laneTops[service]}H${wide.width}`,
    })),
    nodes: [...taken, ...notReached(attempt).map((step) => place(step, 'not reached', undefined, ''))],
    edges: pairs(taken).map(([from, to]) => edgeAcross(from, to)),
  };
};

function edgeAcross(from: Node, to: Node): Edge {
  const back = isBack(to);
  if (to.x > from.x) {
    const [start, end] = [from.x + clearance, to.x - clearance];
    const middle = (start + end) / 2;
    return {
      line: `M${start} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${end} ${to.y}`,
      head: `M${end - 8} ${to.y - 4}l8 4l-8 4`,
      back,
    };
  }
  const end = to.x + clearance;
  const head = `M${end + 8} ${to.y - 4}l-8 4l8 4`;
  // From the decision the way back first goes down to the services, so that it is not taken for the way there.
  if (from.step === 'abort') return { line: `M${from.x} ${from.y + clearance}Q${from.x} ${to.y} ${end} ${to.y}`, head, back };
  const start = from.x - clearance;
  const middle = (start + end) / 2;
  return { line: `M${start} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${end} ${to.y}`, head, back };
}

const narrow = { width: 336, first: 14, lane: 114, top: 52, gap: 40 } as const;

export const downwards: Layout = (attempt, itemName) => {
  let y = narrow.top;
  const place = ({ step, service }: Pick<Step, 'step' | 'service'>, kind: Kind, texts: readonly string[]): Node => {
    const x = narrow.first + services.indexOf(service) * narrow.lane;
    const node: Node = { step, kind, x, y, lines: texts.map((text, index) => ({ text, x: x + 17, y: y + 5 + index * lineHeight })) };
    y += texts.length * lineHeight + narrow.gap;
    return node;
  };
  const taken = attempt.steps.map((step) =>
    place(step, kindOf(step), [step.step, after(attempt, step.at), ...noteLines(step, attempt, itemName)]),
  );
  const ahead = isUnderWay(attempt) ? notReached(attempt).map((step) => place(step, 'not reached', [step.step])) : [];
  const height = y - narrow.gap + 4;
  return {
    width: narrow.width,
    height,
    lanes: services.map((service, index) => {
      const x = index * narrow.lane;
      return { service, x: x + 5, y: 16, border: `M${x} 0V${height}` };
    }),
    nodes: [...taken, ...ahead],
    edges: pairs(taken).map(([from, to]) => edgeDown(from, to)),
  };
};

/** Along its own lane, then over in the free strip above the next node. */
function edgeDown(from: Node, to: Node): Edge {
  const [start, strip, end] = [from.y + clearance, to.y - 28, to.y - clearance];
  const line = from.x === to.x ? `M${from.x} ${start}V${end}` : `M${from.x} ${start}V${strip}H${to.x}V${end}`;
  return { line, head: `M${to.x - 4} ${end - 8}l4 8l4 -8`, back: isBack(to) };
}

const pairs = (nodes: readonly Node[]): [Node, Node][] => nodes.slice(1).map((node, index) => [nodes[index] as Node, node]);
