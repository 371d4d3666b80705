/** The outline of one city on the grid: rings of corners, the city at the right hand of whoever walks them. */
import { COLUMNS, type Grid } from './grid.ts'

export type Corner = readonly [column: number, row: number]
type Ring = Corner[]

const key = ([column, row]: Corner): number => row * (COLUMNS + 1) + column

/** The sides of the city's cells behind which another owner is, by the corner where each begins. */
function sides(grid: Grid, city: number): Map<number, Corner[][]> {
  const from = new Map<number, Corner[][]>()
  const add = (a: Corner, b: Corner) => from.set(key(a), [...(from.get(key(a)) ?? []), [a, b]])
  for (let at = grid.indexOf(city); at !== -1; at = grid.indexOf(city, at + 1)) {
    const [column, row] = [at % COLUMNS, Math.floor(at / COLUMNS)]
    if (grid[at - COLUMNS] !== city) add([column, row], [column + 1, row])
    if (grid[at + 1] !== city) add([column + 1, row], [column + 1, row + 1])
    if (grid[at + COLUMNS] !== city) add([column + 1, row + 1], [column, row + 1])
    if (grid[at - 1] !== city) add([column, row + 1], [column, row])
  }
  return from
}

/** Twice the area in cells: more than nothing for an outer ring, less for a hole. */
const doubleArea = (ring: Ring): number =>
  ring.reduce((sum, [x1, y1], index) => {
    const [x2, y2] = ring[(index + 1) % ring.length] ?? [x1, y1]
    return sum + x1 * y2 - x2 * y1
  }, 0)

const turn = ([a, b]: Corner[], c: Corner): number => {
  const [from, at] = [a ?? c, b ?? c]
  return (at[0] - from[0]) * (c[1] - at[1]) - (at[1] - from[1]) * (c[0] - at[0])
}

/** Where two cells of the city meet at a corner only, the walk turns right, so that both stay rings of their own. */
function walk(from: Map<number, Corner[][]>, first: Corner[]): Ring {
  const ring: Ring = []
  let side: Corner[] | undefined = first
  while (side) {
    const [start, end] = side as [Corner, Corner]
    ring.push(start)
    const open: Corner[][] = from.get(key(end)) ?? []
    const before: Corner[] = side
    const next: Corner[] | undefined = open.toSorted(
      (a, b) => turn(before, b[1] ?? end) - turn(before, a[1] ?? end),
    )[0]
    from.set(
      key(end),
      open.filter((one) => one !== next),
    )
    side = next === first ? undefined : next
  }
  return [...ring, ring[0] as Corner]
}

/** The rings round a city's land, without islands and holes of fewer cells than `least`. Holes are rings of their own kind. */
export function ringsAround(grid: Grid, city: number, least: number): { outer: Ring[]; holes: Ring[] } {
  const from = sides(grid, city)
  const rings: Ring[] = []
  for (const open of from.values()) {
    for (const first of open)
      if (from.get(key(first[0] as Corner))?.includes(first)) rings.push(walk(from, first))
  }
  const large = rings.filter((ring) => Math.abs(doubleArea(ring)) >= 2 * least)
  return {
    outer: large.filter((ring) => doubleArea(ring) > 0),
    holes: large.filter((ring) => doubleArea(ring) < 0),
  }
}
