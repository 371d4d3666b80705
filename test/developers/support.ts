/** The pages of the API's description as somebody uses them who has no script: forms as they stand, and what comes of them. */
import type { TestGateway } from '../support/gateway.ts'
import { visitor } from '../support/page-reader.ts'

export const unescaped = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** The fields of the form as a browser would send them. */
export function fieldsIn(text: string): Record<string, string> {
  const form = /<form method="post" action="\/docs[\s\S]*?<\/form>/.exec(text)?.[0] ?? ''
  const fields: Record<string, string> = {}
  for (const [, attributes = ''] of form.matchAll(/<input ([^>]*)>/g)) {
    const name = /name="([^"]+)"/.exec(attributes)?.[1]
    if (name && !attributes.includes('type="file"'))
      fields[name] = unescaped(/value="([^"]*)"/.exec(attributes)?.[1] ?? '')
  }
  for (const [, name = '', options = ''] of form.matchAll(
    /<select [^>]*name="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g,
  ))
    fields[name] = /<option(?: value="([^"]*)")? selected>([^<]*)/.exec(options)?.slice(1).find(Boolean) ?? ''
  const body = /<textarea [^>]*>([\s\S]*?)<\/textarea>/.exec(form)?.[1]
  if (body !== undefined) fields['body'] = unescaped(body)
  return fields
}

/** What a page tells of a call. */
function toldIn(text: string) {
  const answer = /<section class="card"[\s\S]*?<\/section>/.exec(text)?.[0] ?? ''
  const words = unescaped(
    (answer || (/<div class="problems"[\s\S]*?<\/div>/.exec(text)?.[0] ?? '')).replaceAll(/<[^>]+>/g, ' '),
  )
  return {
    status: Number(/class="(?:good|bad)">(\d{3})/.exec(answer)?.[1] ?? 0),
    code: /href="\/problems\/(\w+)"/.exec(answer)?.[1],
    text: words.replaceAll(/\s+/g, ' ').slice(0, 1_500),
  }
}

export function pageOf(gateway: TestGateway) {
  const browser = visitor(gateway)
  return {
    browser,
    /** Opens the page, changes some fields, and presses the button. */
    call: async (id: string, changed: Record<string, string> = {}) => {
      const page = await browser.send(`/docs/operations/${id}`)
      const fields = { ...fieldsIn(await page.text()), ...changed }
      const answer = await browser.send(`/docs/operations/${id}/call`, fields)
      const text = await answer.text()
      return { page: answer.status, html: text, headers: answer.headers, ...toldIn(text) }
    },
  }
}
