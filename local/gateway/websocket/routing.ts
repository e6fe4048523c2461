// Which route a message takes (W3).
import type { Route, Stage, WebSocketApi } from './definition.ts';
import { selected } from './selection.ts';

/** Undefined where no route fits and the stage has no `$default`. */
export function routeOf(message: string, { routes }: Stage, { selection }: WebSocketApi): Route | undefined {
  const value = selected(message, selection);
  // A client that asks for `$disconnect` has not disconnected.
  const named = value === undefined || value.startsWith('$') ? undefined : routes.get(value);
  return named ?? routes.get('$default');
}
