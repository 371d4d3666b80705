/** How far long work is: a bar on a terminal, a line now and then where the output goes elsewhere, nothing beside `--json`. */
import type { Args } from './args.ts'

/** How often the bar is drawn, and how often a line is written where there is no terminal. */
const BAR_MS = 100
const LINE_MS = 10_000
/** Before this share is done, what is left is no more than a guess. */
const FORESEEN_FROM = 0.02
const WIDEST = 30
const NARROWEST = 8
const CLEAR = '\r\u001B[K'

/** Where it is drawn; a terminal, or what stands for one. */
export interface Screen {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly write: (text: string) => unknown
}

export interface Progress {
  /** One more is done. @param total of how many, where that is known */
  readonly step: (total?: number) => void
  /** Writes a line of the result where the bar may stand, without breaking it. */
  readonly line: (text: string) => void
  /** Takes the bar away. */
  readonly end: () => void
}

/** A span as people say it: `12 s`, `3 min 05 s`, `2 h 10 min`. @param seconds not negative */
export function spanOf(seconds: number): string {
  const whole = Math.round(seconds)
  const two = (n: number) => String(n).padStart(2, '0')
  if (whole < 60) return `${whole} s`
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`
  return `${Math.floor(whole / 3_600)} h ${two(Math.floor((whole % 3_600) / 60))} min`
}

/** What is said of so many of so many after so many milliseconds; a total that was outgrown is none. */
function told(what: string, count: number, total: number | undefined, ms: number) {
  if (total === undefined || count > total) return { share: undefined, text: `${count} ${what}` }
  const share = count / total
  const left =
    share >= FORESEEN_FROM && share < 1
      ? `, 还剩 · left ${spanOf(((ms / count) * (total - count)) / 1_000)}`
      : ''
  return { share, text: `${Math.floor(share * 100)} % ${count}/${total} ${what}${left}` }
}

/** Chinese characters take two columns. */
const columnsOf = (text: string): number => text.length + (text.match(/[\u4e00-\u9fff]/g)?.length ?? 0)

function barOf({ share, text }: ReturnType<typeof told>, columns: number): string {
  const room = Math.min(WIDEST, columns - columnsOf(text) - 2)
  if (share === undefined || room < NARROWEST) return text
  const full = Math.floor(share * room)
  return `${'█'.repeat(full)}${'░'.repeat(room - full)} ${text}`
}

/**
 * @param what is counted: `cases` · @param args with `--json` nothing is drawn, and lines go nowhere: the data have them
 */
export function progress(
  what: string,
  { values }: Pick<Args, 'values'>,
  { screen = process.stderr as Screen, out = process.stdout as Screen, now = () => performance.now() } = {},
): Progress {
  const isSilent = values['json'] === true
  const begun = now()
  let [count, last, isDrawn] = [0, screen.isTTY ? Number.NEGATIVE_INFINITY : begun, false]
  const clear = () => {
    if (isDrawn) screen.write(CLEAR)
    isDrawn = false
  }
  return {
    step: (total) => {
      count += 1
      const at = now()
      if (isSilent || at - last < (screen.isTTY ? BAR_MS : LINE_MS)) return
      last = at
      const state = told(what, count, total, at - begun)
      if (screen.isTTY) screen.write(`${CLEAR}${barOf(state, screen.columns ?? 80)}`)
      else screen.write(`${state.text}\n`)
      isDrawn = screen.isTTY === true
    },
    line: (text) => {
      if (isSilent) return
      clear()
      out.write(`${text}\n`)
    },
    end: clear,
  }
}
