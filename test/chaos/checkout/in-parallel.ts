// Work for a few at once, each taking the next piece when its last is done.

export async function inParallel<Piece, Result>(
  pieces: readonly Piece[],
  workers: number,
  work: (piece: Piece) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async () => {
    while (next < pieces.length) {
      const index = next++;
      results[index] = await work(pieces[index] as Piece);
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return results;
}
