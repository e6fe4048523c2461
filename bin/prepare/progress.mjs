// One line a step: what it is, a check mark and its time. On a terminal a spinner turns until then; on a pipe only the result is printed.
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 80;
const ERASE_LINE = '\r\u001b[2K';

const active = new Set();
let timer;

/** Runs `work`; prints `✓ title (1.2 s)` when it is done, `✗ title` where it fails. `work` may return a better title. */
export async function step(title, work, { out = process.stderr, now = Date.now } = {}) {
  const startedAt = now();
  show(title, out);
  try {
    const { result, title: better } = (await work()) ?? {};
    hide(title, out);
    out.write(`✓ ${better ?? title} (${((now() - startedAt) / 1000).toFixed(1)} s)\n`);
    return result;
  } catch (error) {
    hide(title, out);
    out.write(`✗ ${title}\n`);
    throw error;
  }
}

/** Steps may run at the same time: the spinner's one line names them all. */
function show(title, out) {
  active.add(title);
  if (!out.isTTY || timer) return;
  let frame = 0;
  timer = setInterval(() => {
    const text = `${FRAMES[frame++ % FRAMES.length]} ${[...active].join(', ')} …`;
    out.write(ERASE_LINE + text.slice(0, (out.columns ?? 80) - 1));
  }, FRAME_MS);
}

function hide(title, out) {
  active.delete(title);
  if (!timer) return;
  out.write(ERASE_LINE);
  if (active.size > 0) return;
  clearInterval(timer);
  timer = undefined;
}
