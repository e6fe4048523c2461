// Calm rooms: a wall, something round on it, a floor.
import { ellipse, rectangle } from './shapes.ts';

const WALLS = [
  ['#dfe8e4', '#cfdcd6', '#b9c9c1'],
  ['#f1e4d6', '#e8d4c0', '#d3b99f'],
  ['#dde3ee', '#cbd5e6', '#b2bfd6'],
  ['#efe0e0', '#e5cfd0', '#d0b3b6'],
  ['#e9e7d6', '#dcd9bf', '#c4bf9d'],
  ['#e4dfec', '#d5cde2', '#bcb1cf'],
  ['#d9e8ec', '#c4dbe2', '#a7c5cf'],
] as const;

export function background(number: number, width: number, height: number): string {
  const [wall, light, floor] = WALLS[number % WALLS.length] ?? WALLS[0];
  const x = width * (0.3 + (number % 3) * 0.2);
  return (
    rectangle(0, 0, width, height, 0, wall) +
    ellipse(Math.round(x), Math.round(height * 0.36), Math.round(height * 0.34), Math.round(height * 0.34), light) +
    rectangle(0, Math.round(height * 0.82), width, height, 0, floor)
  );
}
