/** Each recorded request is taken as it stands, and each answer has every member of the recorded one. */
import { expect, test } from 'vitest'
import { apply, prepare, query, submit } from './test-application.ts'
import { type Kit, openKit, type Reply, samplesOf } from './test-kit.ts'

interface Sample {
  readonly request: {
    readonly method: string
    readonly path: string
    readonly body?: unknown
    readonly form?: Readonly<Record<string, string>>
  }
  readonly response: { readonly body: Readonly<Record<string, unknown>> }
}

const sampleOf = (op: string): Sample => {
  const [found] = samplesOf(op)
  if (found === undefined) throw new Error(op)
  // The samples of the operations named here have all these members; a missing one fails the test that reads it.
  return found as unknown as Sample
}

/** Names of the members, without those that the contract puts into answers to be passed over. */
const membersOf = (value: unknown): readonly string[] => {
  const one = Array.isArray(value) ? value[0] : value
  if (typeof one !== 'object' || one === null) return []
  return Object.keys(one)
    .filter((name) => name !== 'rowNum' && name !== 'ext1')
    .toSorted()
}

function checkMembers(op: string, { json }: Reply): void {
  const recorded = sampleOf(op).response.body
  expect(json['resultmsg'] ?? json['result']).toBe(recorded['resultmsg'] ?? recorded['result'])
  expect(membersOf(json)).toEqual(membersOf(recorded))
  expect(membersOf(json['data'])).toEqual(membersOf(recorded['data']))
  for (const list of ['nodes', 'records', 'files']) {
    const [here, there] = [json['data'], recorded['data']].map(
      (data) => (data as Readonly<Record<string, unknown>>)[list],
    )
    expect([list, membersOf(here)]).toEqual([list, membersOf(there)])
  }
}

/** Sends the recorded request. */
function resend(kit: Kit, op: string): Promise<Reply> {
  const { method, path, body, form } = sampleOf(op).request
  if (form !== undefined) return kit.form(path, form)
  if (body !== undefined) return kit.json(path, body)
  return kit.send(method, path, '', '')
}

test.each([
  'matter-list',
  'matter-detail',
  'material-list',
  'window-list',
  'take-number',
  'health',
  'case-list',
])('%s', async (op) => {
  checkMembers(op, await resend(openKit(), op))
})

test('apply-submit, case-query, result-download', async () => {
  const kit = openKit()
  const prepared = await prepare(kit)
  checkMembers('apply-submit', await submit(kit, prepared))
  const move = (to: Parameters<Kit['region']['advance']>[1]['to']) =>
    kit.region.advance(prepared.projid, { to })
  for (const to of ['RECEIVED', 'CORRECTION_REQUIRED'] as const) move(to)
  checkMembers('case-query', await query(kit, prepared))
  await submit(kit, prepared)
  for (const to of ['ACCEPTED', 'APPROVED', 'COMPLETED'] as const) move(to)
  const { projid, projpwd } = prepared
  const xml = `<RECORD><PROJID>${projid}</PROJID><PROJPWD>${projpwd}</PROJPWD></RECORD>`
  checkMembers('result-download', await kit.caseForm('/resultDownload', { resultDownloadXml: xml }))
})

test('case-withdraw', async () => {
  const kit = openKit()
  const { projid, projpwd } = await apply(kit)
  const { path, form } = sampleOf('case-withdraw').request
  const xml = (form?.['apasRegnfoXml'] ?? '')
    .replace(/<UNID>[^<]*/, '<UNID>0123456789abcdef0123456789abcdef')
    .replace(/<PROJID>[^<]*/, `<PROJID>${projid}`)
    .replace(/<PROJPWD>[^<]*/, `<PROJPWD>${projpwd}`)
    .replace(/<SERVICECODE>[^<]*/, '<SERVICECODE>3401000000000099902')
  checkMembers('case-withdraw', await kit.form(path, { apasRegnfoXml: xml }))
})
