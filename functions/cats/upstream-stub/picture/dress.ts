// What the thing of a category adds to a portrait.
export interface Dress {
  /** In place of the room. */
  readonly behind?: string;
  /** Around the middle of the face, as the face is drawn. */
  readonly onHead?: string;
  /** Within the outline of the shoulders. */
  readonly onBody?: string;
  readonly inFront?: string;
  /** Where the face is, and how large. */
  readonly headAt?: readonly [x: number, y: number, scale: number];
}
