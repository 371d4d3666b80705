/** The forms of a correction, as a browser sends them. */
import http from 'node:http'
import { expect } from 'vitest'
import type { FiledContent } from '../../src/federation/cases/record.ts'
import { openSession } from '../../src/federation/identity/sessions.ts'
import type { Somebody } from '../support/as-person.ts'
import type { TestGateway } from '../support/gateway.ts'
import { complain, followed } from './support.ts'

/** The document that the clerk complains of. */
export const DIPLOMA = 'M9900203'
export const pdf = (name = 'b.pdf', content = '%PDF-1.4 new') =>
  new File([content], name, { type: 'application/pdf' })

/** A case that waits for a correction. */
export async function awaited(gateway: TestGateway, opinion?: string) {
  const one = await followed(gateway)
  await complain(gateway, one.number, opinion)
  await expect.poll(async () => (await one.browser.get(one.path)).text).toContain('/correction')
  return one
}

/** A value as it was before a page wrote it. */
const plain = (value: string): string =>
  value
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** The form of a page as a browser would send it, with what somebody changed. */
export async function formOf(text: string, changed: Readonly<Record<string, string | File>> = {}) {
  const form = new FormData()
  const hidden = [...text.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)]
  for (const [, name = '', value = ''] of hidden) form.append(name, plain(value))
  const typed = [...text.matchAll(/<input id="field-[^"]*" name="(f\.[^"]+)"[^>]* value="([^"]*)"/g)]
  for (const [, name = '', value = ''] of typed) form.append(name, plain(value))
  for (const [, name = '', inner = ''] of text.matchAll(
    /<select id="field-[^"]*" name="(f\.[^"]+)"[^>]*>(.*?)<\/select>/gs,
  ))
    form.append(name, /value="([^"]*)" selected/.exec(inner)?.[1] ?? '')
  for (const [, name = '', value = ''] of text.matchAll(
    /type="radio" name="([^"]+)" value="([^"]*)" checked/g,
  ))
    form.append(name, plain(value))
  for (const [name, value] of Object.entries(changed)) form.set(name, value)
  return form
}

/** Sends it, from a browser of its own: each session has forms of its own. */
export async function send(person: Somebody, path: string, form: FormData, gateway: TestGateway) {
  const cookie = `__Host-delta=${await openSession(person.authentication, 'test', gateway.gateway.deps)}`
  const page = await (await fetch(`${gateway.url}/me/cases`, { headers: { cookie } })).text()
  form.set('token', /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '')
  const answer = await fetch(gateway.url + path, {
    method: 'POST',
    headers: { cookie },
    body: form,
    redirect: 'manual',
  })
  return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() }
}

/** A request whose head has arrived, and whose body never does. */
export async function begun(
  person: Somebody | undefined,
  path: string,
  size: number | undefined,
  gateway: TestGateway,
) {
  const secret = person && (await openSession(person.authentication, 'test', gateway.gateway.deps))
  const cookie = `__Host-delta=${secret ?? 'x'.repeat(43)}`
  const headers = {
    cookie,
    // Who does not say how much it will be may send as much as one may.
    ...(size === undefined ? {} : { 'content-length': String(size) }),
    'content-type': 'multipart/form-data; boundary=x',
  }
  const request = http.request(`${gateway.url}${path}/correction`, { method: 'POST', headers })
  let isAnswered = false
  request.on('error', () => undefined)
  request.on('response', () => {
    isAnswered = true
  })
  request.write('--x\r\n')
  await new Promise((resolve) => request.once('socket', (socket) => socket.once('connect', resolve)))
  return { request, answered: () => isAnswered }
}

/** The application as it stands. */
export const applicationOf = async (id: string, { gateway: { deps } }: TestGateway) => {
  const row = await deps.store.cases.read(id)
  if (!row) throw new Error('no case')
  return deps.sealing.open<FiledContent>(row.filedSealed).application
}
