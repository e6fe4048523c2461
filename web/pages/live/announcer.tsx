// What those hear who do not see the page: how the connection stands and how many messages came, not each of them.
import { useEffect, useRef, useState } from 'preact/hooks';

/** Long enough that an announcement is heard to its end, and that a short break of the connection is none. */
const PAUSE_MS = 5_000;

export function Announcer(now: { words: string; count: number }) {
  const [said, setSaid] = useState('');
  const latest = useRef(now);
  latest.current = now;

  useEffect(() => {
    let before = latest.current;
    const telling = setInterval(() => {
      const { words, count } = latest.current;
      const came = count - before.count;
      const parts = [words === before.words ? '' : `${words}.`, came > 0 ? `${came} ${came === 1 ? 'message' : 'messages'} more.` : ''];
      before = latest.current;
      if (parts.some(Boolean)) setSaid(parts.filter(Boolean).join(' '));
    }, PAUSE_MS);
    return () => clearInterval(telling);
  }, []);

  return (
    <p class="unseen" role="status">
      {said}
    </p>
  );
}
