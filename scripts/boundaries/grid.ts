/** One grid over the Delta, in which each cell belongs to one city (its number, from 1) or to none (0). */

/** Cells in a degree: one is about 450 metres from south to north. */
export const PER_DEGREE = 240
const WEST = 114.5
const NORTH = 35.5
export const COLUMNS = Math.round((123.5 - WEST) * PER_DEGREE)
export const ROWS = Math.round((NORTH - 26.8) * PER_DEGREE)

export type Grid = Uint8Array
export const emptyGrid = (): Grid => new Uint8Array(COLUMNS * ROWS)

/** The degrees of a corner of cells. */
export const toDegrees = ([column, row]: readonly [number, number]): [number, number] => [
  WEST + column / PER_DEGREE,
  NORTH - row / PER_DEGREE,
]

/** Gives a city the cells whose middle lies in a ring; what has an owner keeps it. */
export function fill(grid: Grid, ring: readonly (readonly [number, number])[], city: number): void {
  const points = ring.map(([lon, lat]) => [(lon - WEST) * PER_DEGREE, (NORTH - lat) * PER_DEGREE] as const)
  const rows = points.map(([, y]) => y)
  for (let row = Math.floor(Math.min(...rows)); row <= Math.max(...rows); row += 1) {
    const crossings = crossingsAt(points, row + 0.5)
    for (let at = 0; at + 1 < crossings.length; at += 2)
      for (
        let column = Math.ceil((crossings[at] ?? 0) - 0.5);
        column + 0.5 < (crossings[at + 1] ?? 0);
        column += 1
      )
        if (grid[row * COLUMNS + column] === 0) grid[row * COLUMNS + column] = city
  }
}

/** Where a horizontal line crosses a ring, from west to east. */
function crossingsAt(points: readonly (readonly [number, number])[], y: number): number[] {
  return points
    .flatMap(([x1, y1], index) => {
      const [x2, y2] = points[(index + 1) % points.length] ?? [x1, y1]
      return y1 > y !== y2 > y ? [x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)] : []
    })
    .toSorted((a, b) => a - b)
}

const ROUNDS = 6
/** Of the eight neighbours, five have an owner: in a gap between counties, and hardly ever at a coast. */
const ENOUGH = 5

/** Closes the gaps that counties leave between them, from their edges inwards. */
export function sealGaps(grid: Grid): void {
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = grid.slice()
    for (let at = COLUMNS + 1; at < grid.length - COLUMNS - 1; at += 1)
      if (before[at] === 0) grid[at] = mostAround(before, at)
  }
}

function mostAround(grid: Grid, at: number): number {
  const counts = new Map<number, number>()
  for (const row of [-COLUMNS, 0, COLUMNS])
    for (const column of [-1, 0, 1]) {
      const city = grid[at + row + column] ?? 0
      if (city > 0) counts.set(city, (counts.get(city) ?? 0) + 1)
    }
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a)
  return all >= ENOUGH && most ? most[0] : 0
}
