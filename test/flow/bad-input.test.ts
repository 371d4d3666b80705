/** Bad input: each kind a clear problem, nothing stored, nothing sent on, and never a 500. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { raise } from '../../src/federation/cases/apply-news.ts'
import { pool } from '../../src/store/connection.ts'
import {
  type Caller,
  file,
  startTestGateway,
  type TestGateway,
  type Told,
  upload,
} from '../support/gateway.ts'
import { storyOf } from './stories.ts'

const story = storyOf('zhejiang')
let gateway: TestGateway
let caller: Caller
let good: ReturnType<typeof story.application>
beforeAll(async () => {
  gateway = await startTestGateway()
  caller = await gateway.as('sandbox-shanghai')
  await gateway.sync('330100')
  good = story.application(await upload(caller, 'a.pdf'))
})
afterAll(() => gateway.close())

test('a code of a region that no database takes is alarmed all the same', async () => {
  const { deps } = gateway.gateway
  await raise('shanghai', [{ table: 'shanghai/userType', code: 'a\u0000\ud800b\u202e' }], deps)
  const kept = (await deps.store.changes.listAlarms()).filter(({ table }) => table === 'shanghai/userType')
  expect(kept.map(({ code }) => code)).toEqual(['a\ufffd\ufffdb\u202e'])
})

/** What there is here and over there. */
const traces = async () => {
  const sql = pool(gateway.databaseUrl, 1)
  const [row] = await sql`select (select count(*) from cases) + (select count(*) from case_events)
    + (select count(*) from dispatches) + (select count(*) from ledgers) + (select count(*) from accesses) as n`
  await sql.end()
  const { region } = gateway.region('zhejiang')
  return { here: Number(row?.['n']), there: region.cases().length, refused: region.refusals().length }
}

/** Sends, and sees that it left nothing and that the answer is a problem of ours. */
async function refused(send: () => Promise<Told>): Promise<Told> {
  const before = await traces()
  const told = await send()
  expect(await traces()).toEqual(before)
  expect(told.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(told.body).toMatchObject({
    type: `/problems/${told.body.code}`,
    status: told.status,
    instance: told.headers.get('x-request-id'),
  })
  expect(told.body.detail).toMatch(/[一-鿿].*[a-z]/)
  expect(told.status).toBeLessThan(500)
  return told
}

const pointers = (told: Told): string[] =>
  (told.body.errors ?? []).map((one: { pointer: string }) => one.pointer)
const json = { 'content-type': 'application/json' }

describe('a body that is no body', () => {
  const cases: readonly (readonly [string, string | Uint8Array, Record<string, string>, number, string])[] = [
    ['malformed JSON', '{"matter":', json, 400, 'BODY_UNREADABLE'],
    ['an empty body', '', json, 400, 'BODY_UNREADABLE'],
    [
      'bytes that are not UTF-8',
      Buffer.from([0x7b, 0x22, 0xb2, 0xe2, 0x22, 0x7d]),
      json,
      400,
      'BODY_UNREADABLE',
    ],
    [
      'another charset',
      '{}',
      { 'content-type': 'application/json; charset=gb2312' },
      415,
      'MEDIA_TYPE_UNSUPPORTED',
    ],
    ['XML', '<a/>', { 'content-type': 'application/xml' }, 415, 'MEDIA_TYPE_UNSUPPORTED'],
    ['__proto__', '{"__proto__":{"x":1}}', json, 400, 'BODY_UNREADABLE'],
    ['constructor.prototype', '{"constructor":{"prototype":{"x":1}}}', json, 400, 'BODY_UNREADABLE'],
    ['a hundred thousand brackets', '['.repeat(100_000), json, 400, 'BODY_TOO_DEEP'],
    ['more than 1 MiB', `{"note":"${'a'.repeat(1_048_577)}"}`, json, 413, 'BODY_TOO_LARGE'],
    [
      'an unknown profile',
      '{}',
      { 'content-type': 'application/json; profile=guangdong' },
      415,
      'PROFILE_UNKNOWN',
    ],
    ['a list', '[]', json, 422, 'BODY_INVALID'],
  ]
  test.each(cases)('%s', async (_name, body, headers, status, code) => {
    const told = await refused(() => file(caller, body, headers))
    expect([told.status, told.body.code]).toEqual([status, code])
  })

  test('a stream without a declared length stops at the limit', async () => {
    const chunk = new Uint8Array(65_536).fill(32)
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1
        if (sent > 64) controller.close()
        else controller.enqueue(chunk)
      },
    })
    const told = await refused(async () => {
      const answer = await fetch(`${gateway.url}/api/v1/conversions`, {
        method: 'POST',
        headers: { ...json, authorization: await tokenHeader() },
        body,
        duplex: 'half',
      } as RequestInit)
      return {
        status: answer.status,
        headers: answer.headers,
        body: await answer.json(),
        bytes: Buffer.alloc(0),
      }
    })
    expect(told.body.code).toBe('BODY_TOO_LARGE')
  })
})

/** A token's header, for a request that the caller cannot make. */
async function tokenHeader(): Promise<string> {
  const { getToken } = await import('../../src/cli/token.ts')
  const key = gateway.clients.keys['sandbox-shanghai'] as never
  return `Bearer ${await getToken({ gateway: gateway.url, client: 'sandbox-shanghai', key, scope: 'convert' })}`
}

describe('an application that cannot be filed', () => {
  const withApplicant = (more: object) => ({
    ...good,
    applicant: { ...(good['applicant'] as object), ...more },
  })
  const idDocument = (number: string, type = '111') => withApplicant({ idDocument: { type, number } })
  const withForm = (more: object) => ({ ...good, form: { ...(good['form'] as object), ...more } })

  test.each<[string, () => object, string, string]>([
    ['an unknown member', () => ({ ...good, colour: 'red' }), 'BODY_INVALID', '/colour'],
    ['an unknown member inside', () => withApplicant({ age: 7 }), 'BODY_INVALID', '/applicant/age'],
    [
      'a name of 10,000 characters',
      () => withApplicant({ name: '测'.repeat(10_000) }),
      'BODY_INVALID',
      '/applicant/name',
    ],
    ['no name', () => withApplicant({ name: undefined }), 'BODY_INVALID', '/applicant/name'],
    [
      'a wrong check digit',
      () => idDocument('330106190102031011'),
      'BODY_INVALID',
      '/applicant/idDocument/number',
    ],
    [
      'a birthday in the future',
      () => idDocument('330106209901011237'),
      'BODY_INVALID',
      '/applicant/idDocument/number',
    ],
    [
      'a day that does not exist',
      () => idDocument('330106190002301234'),
      'BODY_INVALID',
      '/applicant/idDocument/number',
    ],
    [
      'a wrong credit code',
      () => ({
        ...withApplicant({
          kind: 'organisation',
          legalRepresentative: '测试甲',
          idDocument: { type: '001', number: '91330100MA2TEST000' },
        }),
      }),
      'BODY_INVALID',
      '/applicant/idDocument/number',
    ],
    [
      'a landline for a mobile',
      () => withApplicant({ mobile: '0571-88888888' }),
      'BODY_INVALID',
      '/applicant/mobile',
    ],
    [
      'an unknown matter',
      () => ({ ...good, matter: 'zhejiang:330100:nothing' }),
      'MATTER_NOT_FOUND',
      '/matter',
    ],
    [
      'a division outside the Delta',
      () => ({ ...good, division: '440300' }),
      'MATTER_NOT_OFFERED',
      '/division',
    ],
    [
      'a city that does not offer the matter',
      () => ({ ...good, division: '330300' }),
      'MATTER_NOT_OFFERED',
      '/division',
    ],
    [
      'a version of the matter that is over',
      () => ({ ...good, matterVersion: '0' }),
      'MATTER_VERSION_EXPIRED',
      '/matterVersion',
    ],
    ['a choice that is not one', () => withForm({ moveReason: '77' }), 'BODY_INVALID', '/form/moveReason'],
    [
      'a form field that the matter has not',
      () => withForm({ surprise: '1' }),
      'BODY_INVALID',
      '/form/surprise',
    ],
    [
      'a time on a day that does not exist',
      () => ({ ...good, appliedAt: '2026-02-30T09:00:00+08:00' }),
      'BODY_INVALID',
      '/appliedAt',
    ],
    ...['\u0001', '\b', '\ud800', '\uffff'].map((character): [string, () => object, string, string] => [
      `the character ${JSON.stringify(character)} that no region can carry`,
      () => withForm({ toAddress: `示例路${character}1号` }),
      'BODY_INVALID',
      '/form/toAddress',
    ]),
    [
      'a required form field of blanks',
      () => withForm({ toAddress: ' \u3000' }),
      'BODY_INVALID',
      '/form/toAddress',
    ],
    ['a required form field left out', () => withForm({ toAddress: '' }), 'BODY_INVALID', '/form/toAddress'],
    [
      'an over-long form field',
      () => withForm({ toAddress: '路'.repeat(9_000) }),
      'BODY_INVALID',
      '/form/toAddress',
    ],
    [
      'a document that the matter does not know',
      () => ({ ...good, documents: [...good.documents, { id: 'M0', mode: 'later' }] }),
      'BODY_INVALID',
      '/documents/3/id',
    ],
    [
      'an upload that nobody made',
      () => ({
        ...good,
        documents: [
          good.documents[0],
          good.documents[1],
          { id: 'M9900203', mode: 'upload', uploads: ['up_nothing'] },
        ],
      }),
      'UPLOAD_NOT_FOUND',
      '/documents/2/uploads/0',
    ],
    [
      'another spelling of __proto__ in the form',
      () => JSON.parse(JSON.stringify(good).replace('"moveReason"', '"__proto\\u005f_"')),
      'BODY_UNREADABLE',
      '',
    ],
  ])('%s', async (_name, make, code, pointer) => {
    const told = await refused(() => file(caller, make()))
    expect(told.body.code).toBe(code)
    if (pointer !== '') expect(pointers(told)).toContain(pointer)
  })

  test('all faults are told at once, and none of them repeats what was sent', async () => {
    const told = await refused(() =>
      file(caller, {
        ...withForm({ moveReason: '77' }),
        ...{
          applicant: {
            ...(good['applicant'] as object),
            idDocument: { type: '111', number: '330106190102031011' },
          },
        },
      }),
    )
    expect(pointers(told).toSorted()).toEqual(['/applicant/idDocument/number', '/form/moveReason'])
    expect(JSON.stringify(told.body)).not.toMatch(/330106190102031011|测试甲/)
  })

  test('in a region’s dialect, the fault has the region’s own name', async () => {
    const told = await refused(() =>
      file(caller, { projId: '' }, { 'content-type': 'application/json; profile=zhejiang' }),
    )
    expect(told.body.code).toMatch(/BODY_INVALID|MATTER_NOT_FOUND/)
    for (const pointer of pointers(told)) expect(pointer).not.toMatch(/^\/(matter|applicant|division)(\/|$)/)
  })

  test('a dry run checks all of it and leaves nothing', async () => {
    const before = await traces()
    const told = await caller('POST', '/api/v1/cases?dryRun=true', good, {
      'idempotency-key': crypto.randomUUID(),
    })
    expect(told.status).toBe(200)
    expect(told.body.losses).toEqual(told.body.ledger.losses)
    expect(told.body.ledger.entries.length).toBeGreaterThan(20)
    expect(await traces()).toEqual(before)
  })
})

describe('a file that is not taken', () => {
  const send = (name: string, bytes: Uint8Array<ArrayBuffer> | string) => {
    const form = new FormData()
    form.append('file', new File([bytes], name))
    return caller('POST', '/api/v1/uploads', form)
  }
  test.each<[string, string, Uint8Array<ArrayBuffer> | string, string]>([
    ['25 MiB', 'big.pdf', new Uint8Array(25 * 1024 * 1024), 'BODY_TOO_LARGE'],
    ['nothing in it', 'empty.pdf', '', 'FILE_EMPTY'],
    ['a script', 'run.sh', '#!/bin/sh', 'FILE_TYPE_UNSUPPORTED'],
    ['a page under the name of a PDF', 'page.pdf', '<html></html>', 'FILE_TYPE_UNSUPPORTED'],
    ['a PDF under the name of a picture', 'photo.png', '%PDF-1.4', 'FILE_TYPE_UNSUPPORTED'],
    ['a way out of the folder', '../../etc/passwd.pdf', '%PDF-1.4', 'FILE_TYPE_UNSUPPORTED'],
  ])('%s', async (_name, name, bytes, code) => {
    expect((await refused(() => send(name, bytes))).body.code).toBe(code)
  })
  test('no form at all', async () => {
    expect((await refused(() => caller('POST', '/api/v1/uploads', '{}', json))).status).toBe(415)
  })
})

describe('parameters that make no sense', () => {
  test.each([
    '/api/v1/cases?limit=0',
    '/api/v1/cases?limit=101',
    '/api/v1/cases?limit=1e1',
    '/api/v1/cases?cursor=e30',
    '/api/v1/cases?status=DONE',
    '/api/v1/cases?updatedSince=yesterday',
    '/api/v1/matters?limit=-1',
    '/api/v1/matters?region=guangdong',
  ])('%s', async (path) => {
    expect((await refused(() => caller('GET', path))).body.code).toBe('PARAMETER_INVALID')
  })
  test('an address that is not there', async () => {
    expect((await refused(() => caller('GET', '/api/v1/nowhere'))).body.code).toBe('NOT_FOUND')
  })
})
