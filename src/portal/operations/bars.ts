/** Bars, drawn here as plain SVG: no script, and every value stands beside its bar and in a table of the page. */
import { html } from 'hono/html'
import type { Html } from '../frame/view.ts'

export interface Bar {
  readonly label: string
  /** Null where nothing is told. */
  readonly value: number | null
  /** The value as it is read. */
  readonly text: string
}

const [WIDTH, LABEL, VALUE, ROW, THICK] = [360, 96, 84, 28, 16]

/**
 * @param id unique in its page
 * @param most the value that fills the whole width; the largest one where absent
 */
export function bars(id: string, title: string, rows: readonly Bar[], most?: number): Html {
  const full = most ?? Math.max(1, ...rows.map(({ value }) => value ?? 0))
  const room = WIDTH - LABEL - VALUE
  const length = (value: number) => Math.round((room * Math.min(value, full)) / full)
  const told = rows.map(({ label, text }) => `${label} ${text}`).join('; ')
  return html`<svg class="chart" role="img" aria-labelledby="${id}-title ${id}-told" viewBox="0 0 ${WIDTH} ${rows.length * ROW}" xmlns="http://www.w3.org/2000/svg"><title id="${id}-title">${title}</title><desc id="${id}-told">${told}</desc>
${rows.map(({ label, value, text }, row) => {
  const [top, base] = [row * ROW + (ROW - THICK) / 2, row * ROW + ROW / 2 + 5]
  const end = LABEL + (value === null ? 0 : length(value))
  return html`<text x="${LABEL - 6}" y="${base}" text-anchor="end">${label}</text>${value === null || value === 0 ? '' : html`<rect x="${LABEL}" y="${top}" width="${Math.max(1, end - LABEL)}" height="${THICK}" rx="2"/>`}<text x="${end + 6}" y="${base}">${text}</text>`
})}</svg>`
}
