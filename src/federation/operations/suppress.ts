/** Which numbers of a table with sums may be told: small ones are not, and no sum gives one of them away (complementary suppression). */

/** One region's row of a table, with its cities. The region's number is the sum of its cities'. */
export interface Branch {
  readonly key: string
  readonly leaves: readonly { readonly key: string; readonly count: number }[]
}

interface Node {
  readonly key: string
  readonly count: number
}

const sumOf = (nodes: readonly Node[]): number => nodes.reduce((sum, { count }) => sum + count, 0)

/**
 * Hides more nodes, the smallest first, until the hidden ones are two at least and `fewest` together. A zero tells of nobody, so it is
 * never hidden, and hides nothing.
 */
function hideBeside(nodes: readonly Node[], hidden: Set<string>, fewest: number): void {
  const isHidden = ({ key }: Node) => hidden.has(key)
  for (const next of nodes
    .filter((node) => node.count > 0 && !isHidden(node))
    .toSorted((a, b) => a.count - b.count)) {
    const gone = nodes.filter(isHidden)
    if (gone.length === 0 || (gone.length >= 2 && sumOf(gone) >= fewest)) return
    hidden.add(next.key)
  }
}

/**
 * The keys of a table that are not told: every number from 1 to below `fewest`, and beside it so many others that what is told leaves
 * each open. What is hidden below one number that is told is two numbers at least, and `fewest` together.
 * @param total the key of the sum over everything
 */
export function hiddenOf(branches: readonly Branch[], total: string, fewest: number): ReadonlySet<string> {
  const hidden = new Set<string>()
  const regions = branches.map(({ key, leaves }) => ({ key, leaves, count: sumOf(leaves) }))
  const leaves = regions.flatMap((region) => region.leaves)
  for (const { key, count } of [...regions, ...leaves, { key: total, count: sumOf(leaves) }])
    if (count > 0 && count < fewest) hidden.add(key)
  if (!hidden.has(total)) hideBeside(regions, hidden, fewest)
  for (const region of regions) hideInside(region, hidden, fewest)
  // The regions that are not told are known together: what of them is open must be enough.
  const open = regions.filter(({ key }) => hidden.has(key)).flatMap((region) => region.leaves)
  if (!hidden.has(total)) hideBeside(open, hidden, fewest)
  return hidden
}

/** A region that is told keeps its hidden cities apart; one that is not told must not be the sum of cities that are. */
function hideInside(region: Branch & Node, hidden: Set<string>, fewest: number): void {
  if (!hidden.has(region.key)) hideBeside(region.leaves, hidden, fewest)
  else if (!region.leaves.some(({ key }) => hidden.has(key))) hideSmallest(region.leaves, hidden)
}

function hideSmallest(nodes: readonly Node[], hidden: Set<string>): void {
  const [smallest] = nodes.filter(({ count }) => count > 0).toSorted((a, b) => a.count - b.count)
  if (smallest) hidden.add(smallest.key)
}
