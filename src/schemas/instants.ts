/** Instants and dates as the canonical documents write them. */

/** An instant as RFC 3339 with the offset `+08:00`, whole seconds. */
export function formatInstant(date: Date): string {
  return `${new Date(date.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`
}

/** The instant that a text names; `undefined` for none, and for one in a year that a database does not know. */
export function instantIn(text: string): Date | undefined {
  const instant = new Date(text)
  const year = instant.getUTCFullYear()
  return year >= 1 && year <= 9_999 ? instant : undefined
}

/** Whether a text is a day that exists, `yyyy-MM-dd`. */
export const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().slice(0, 10) === text
