/** Pauses between attempts. */

/** Milliseconds: `first`, doubled so many times, `longest` at most. */
export const doubled = (
  times: number,
  { first, longest }: { readonly first: number; readonly longest: number },
): number => Math.min(first * 2 ** Math.min(times, 30), longest)
