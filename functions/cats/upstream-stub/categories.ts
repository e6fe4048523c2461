// The categories with the ids that they have at thecatapi.com, by name as there.
export interface Category {
  readonly id: number;
  readonly name: string;
}

export const categories: readonly Category[] = [
  { id: 5, name: 'boxes' },
  { id: 15, name: 'clothes' },
  { id: 1, name: 'hats' },
  { id: 14, name: 'sinks' },
  { id: 2, name: 'space' },
  { id: 4, name: 'sunglasses' },
  { id: 7, name: 'ties' },
];
