/** How far long work is, on one line of a terminal; nothing where nobody looks. */
const EVERY_MS = 100

/** @param what is counted: `cases` · @returns counts one more; `end` takes the line away */
export function progress(what: string, screen: NodeJS.WriteStream = process.stderr) {
  let [count, last] = [0, 0]
  return {
    step: (): void => {
      count += 1
      const now = performance.now()
      if (!screen.isTTY || now - last < EVERY_MS) return
      last = now
      screen.write(`\r${count} ${what} …`)
    },
    end: (): void => {
      if (screen.isTTY && last > 0) screen.write('\r\u001B[K')
    },
  }
}
