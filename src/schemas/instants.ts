/** Instants and dates as the canonical documents write them. */

/** An instant as RFC 3339 with the offset `+08:00`, whole seconds. */
export function formatInstant(date: Date): string {
  return `${new Date(date.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`
}

/** Whether a text is a day that exists, `yyyy-MM-dd`. */
export const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().slice(0, 10) === text
