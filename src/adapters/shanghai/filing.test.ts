/** Filing, correcting and withdrawing, with the played region as judge: it refuses nothing, and has what was meant. */
import { describe, expect, test } from 'vitest'
import type { Filing } from '../kit/contract.ts'
import type { Incoming } from '../kit/transport.ts'
import {
  AT,
  answering,
  bytesOf,
  file,
  filesThere,
  filingFor,
  json,
  paths,
  played,
  refused,
  told,
  upload,
  walk,
} from './test-region.ts'

const noticed = async (...uploads: string[]) => {
  const here = played()
  const made = await file(here, { documents: [upload('003CL01', 'up_1'), upload('003CL02', ...uploads)] })
  walk(here, made.filed.caseNumber, 'RECEIVED')
  return { here, made }
}

describe('filing', () => {
  test('number, save, uploads, submit, in this order', async () => {
    const here = played()
    const { filed } = await file(here)
    expect(paths(here.sent).slice(-5)).toEqual([
      '/uapply/generateApplyNo',
      '/uapply/saveApply',
      '/uapply/uploadStuff',
      '/uapply/uploadStuff',
      '/uapply/submitApply',
    ])
    expect(filed).toMatchObject({ status: 'SUBMITTED', rawStatus: { code: '待预审', label: '待预审' } })
    expect(filed.occurredAt).toMatch(/^2026-03-02T\d\d:\d\d:\d\d\+08:00$/)
    expect(here.region.refusals()).toEqual([])
  })

  test('the handle keeps the number and each file; the number is told when Shanghai has the case', async () => {
    const here = played()
    const { filing } = await filingFor(here)
    const kept: [object, string | undefined][] = []
    const filed = await here.link.submit({
      ...filing,
      keep: async (handle, number) => void kept.push([handle, number]),
    })
    const { caseNumber } = filed
    expect(kept.map(([handle, number]) => [Object.keys(handle).length, number])).toEqual([
      [1, undefined],
      [2, caseNumber],
      [3, undefined],
      [4, undefined],
    ])
    expect(kept.at(-1)?.[0]).toEqual(filed.handle)
  })

  test('a repetition goes on from what was kept', async () => {
    const here = played()
    const { filing, kept } = await filingFor(here)
    const broken: Filing = {
      ...filing,
      file: async () => {
        throw new Error('gone')
      },
    }
    await expect(here.link.submit(broken)).rejects.toThrow('gone')
    const before = here.sent.length
    const filed = await here.link.submit({ ...filing, handle: kept(), isRepeated: true })
    expect(paths(here.sent.slice(before))).toEqual([
      '/uapply/uploadStuff',
      '/uapply/uploadStuff',
      '/uapply/submitApply',
    ])
    expect(here.region.cases().filter(({ status }) => status === 'DRAFT')).toEqual([])
    expect(filed.caseNumber).toBe(kept()['applyNo'])
  })

  test('a case that has moved on since is told as it is now', async () => {
    const here = played()
    const { filing, filed, kept } = await file(here)
    walk(here, filed.caseNumber, 'RECEIVED', 'ACCEPTED')
    const again = await here.link.submit({ ...filing, handle: kept(), isRepeated: true })
    expect(again).toMatchObject({ caseNumber: filed.caseNumber, status: 'ACCEPTED' })
    expect(Object.keys(again.handle)).toEqual(Object.keys(filed.handle))
  })

  test('a digest that differs is no success', async () => {
    const here = played()
    const { filing } = await filingFor(here)
    const { link } = told({
      generateApplyNo: () => ({ applyNo: 'CSJ202603020000001' }),
      saveApply: () => ({ status: '暂存' }),
      uploadStuff: () => ({ stuffId: 'a'.repeat(32), sm3: 'b'.repeat(64) }),
    })
    await expect(link.submit(filing)).rejects.toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { reason: 'digest' },
    })
  })

  test('a conflict while the case is still a draft stays one', async () => {
    const here = played()
    const { filing } = await filingFor(here)
    const { link } = told({
      generateApplyNo: () => ({ applyNo: 'CSJ202603020000001' }),
      saveApply: () => refused('STATUS_CONFLICT'),
      getApplyBase: () => ({ status: '暂存', opTime: '2026-03-02 09:05:00' }),
    })
    await expect(link.submit(filing)).rejects.toMatchObject({ code: 'STATE_CONFLICT' })
  })
})

describe('correcting', () => {
  test('the noticed file is replaced, the reply and its event time are told', async () => {
    const { here, made } = await noticed('up_2')
    here.region.advance(made.filed.caseNumber, { to: 'CORRECTION_REQUIRED', materials: ['003CL02'] })
    const done = await here.link.correct(
      answering(made, { documents: [upload('003CL02', 'new')] }, { note: '已重拍' }),
    )
    expect(done).toMatchObject({ status: 'RECEIVED', rawStatus: { code: '收件' } })
    expect(here.bodyOf('/corretApply')).toMatchObject({
      applyNo: made.filed.caseNumber,
      suggestion: '已重拍',
      opDepartCode: 'SHCSJG',
      opDepartName: '长三角互通网关',
      opUserId: 'csj-gw',
      opUsername: '长三角网关',
      opTime: '2026-03-02 12:00:00',
      stuffs: [{ stuffId: expect.stringMatching(/^[0-9a-f]{32}$/), suggestion: '已替换' }],
    })
    expect(filesThere(here, made.asCase)).toEqual({ '003CL01': ['up_1'], '003CL02': ['new'] })
    expect(here.region.refusals()).toEqual([])
  })

  test.each([
    ['fewer new files than noticed ones', ['new'], ['new', 'new']],
    ['one kept and one new', ['up_2', 'new'], ['up_2', 'new']],
    ['more than before', ['n1', 'n2', 'n3'], ['n1', 'n2', 'n3']],
  ])('%s answer a notice of two', async (_name, uploads, there) => {
    const { here, made } = await noticed('up_2', 'up_3')
    here.region.advance(made.filed.caseNumber, { to: 'CORRECTION_REQUIRED', materials: ['003CL02'] })
    const done = await here.link.correct(answering(made, { documents: [upload('003CL02', ...uploads)] }))
    expect(done.status).toBe('RECEIVED')
    expect(filesThere(here, made.asCase)['003CL02']?.toSorted()).toEqual(there.toSorted())
    expect(here.region.refusals()).toEqual([])
  })

  test('a document that nobody complained of takes its old one’s place too', async () => {
    const { here, made } = await noticed('up_2')
    here.region.advance(made.filed.caseNumber, { to: 'CORRECTION_REQUIRED', materials: ['003CL02'] })
    await here.link.correct(
      answering(made, { documents: [upload('003CL02', 'new'), upload('003CL01', 'new_id')] }),
    )
    expect(filesThere(here, made.asCase)).toEqual({ '003CL01': ['new_id'], '003CL02': ['new'] })
  })

  test('a changed form is saved anew as 补正; unchanged it is not', async () => {
    const { here, made } = await noticed('up_2')
    here.region.advance(made.filed.caseNumber, { to: 'CORRECTION_REQUIRED', materials: ['003CL02'] })
    const documents = [upload('003CL02', 'new')]
    await here.link.correct(answering(made, { documents, form: { zmnr: '继承' } }))
    expect(here.bodyOf('/saveApply')).toMatchObject({
      submitType: '补正',
      info: expect.stringContaining('继承'),
    })
    const other = await noticed('up_2')
    other.here.region.advance(other.made.filed.caseNumber, {
      to: 'CORRECTION_REQUIRED',
      materials: ['003CL02'],
    })
    await other.here.link.correct(answering(other.made, { documents }))
    expect(other.here.bodyOf('/saveApply').submitType).toBe('新办')
  })

  test('a licence in place of a file is saved, and the file removed', async () => {
    const { here, made } = await noticed('up_2')
    here.region.advance(made.filed.caseNumber, { to: 'CORRECTION_REQUIRED', materials: ['003CL02'] })
    const work = answering(made, {
      documents: [upload('003CL02', 'new'), { id: '003CL01', mode: 'licence', licence: 'a'.repeat(32) }],
    })
    // Nobody has such a licence: that it is asked for shows that it was told.
    await expect(here.link.correct(work)).rejects.toMatchObject({ facts: { code: 'CERT_NOT_FOUND' } })
    expect(here.bodyOf('/saveApply').extInfo.certs).toEqual([
      { stuffCode: '003CL01', certUuid: 'a'.repeat(32) },
    ])
  })

  test('after 预审不通过: save, upload, submit; what is over is removed', async () => {
    const here = played()
    const made = await file(here, {
      documents: [upload('003CL01', 'up_1'), upload('003CL02', 'up_2', 'up_3')],
    })
    walk(here, made.filed.caseNumber, 'PRECHECK_RETURNED')
    const before = here.sent.length
    const done = await here.link.correct(answering(made, { documents: [upload('003CL02', 'new')] }))
    expect(done.status).toBe('SUBMITTED')
    expect(paths(here.sent.slice(before))).toEqual([
      '/uapply/getApplyBase',
      '/uapply/saveApply',
      '/uapply/uploadStuff',
      '/uapply/deleteStuffAttach',
      '/uapply/submitApply',
    ])
    expect(filesThere(here, made.asCase)).toEqual({ '003CL01': ['up_1'], '003CL02': ['new'] })
    expect(here.region.refusals()).toEqual([])
  })

  test('a deletion that is told as not found is done', async () => {
    const here = played()
    const made = await file(here)
    const stuffs = [{ stuffId: 'b'.repeat(32), stuffCode: '003CL02' }]
    const { link, sent } = told({
      getApplyBase: () => ({ status: '预审不通过', stuffs, correction: null }),
      saveApply: () => ({ status: '预审不通过' }),
      deleteStuffAttach: () => refused('STUFF_NOT_FOUND'),
      submitApply: () => ({ status: '待预审', submitTime: '2026-03-02 10:00:00' }),
    })
    const work = answering(made, { documents: [{ id: '003CL02', mode: 'licence', licence: 'a'.repeat(32) }] })
    expect(await link.correct(work)).toMatchObject({ occurredAt: '2026-03-02T10:00:00+08:00' })
    expect(paths(sent)).toContain('/uapply/deleteStuffAttach')
  })

  test('a repetition that comes too late finds the answer in the query', async () => {
    const { here, made } = await noticed('up_2')
    here.region.advance(made.filed.caseNumber, { to: 'CORRECTION_REQUIRED', materials: ['003CL02'] })
    const work = answering(made, { documents: [upload('003CL02', 'new')] })
    const done = await here.link.correct(work)
    const before = here.sent.length
    expect(await here.link.correct({ ...work, isRepeated: true })).toMatchObject({
      status: 'RECEIVED',
      occurredAt: done.occurredAt,
    })
    expect(paths(here.sent.slice(before))).toEqual(['/uapply/getApplyBase'])
    await expect(here.link.correct(work)).rejects.toMatchObject({ code: 'STATE_CONFLICT' })
  })

  test('a reply is never empty, and at most 500 characters', async () => {
    const ask = (note: string) =>
      noticed('up_2').then(async ({ here, made }) => {
        here.region.advance(made.filed.caseNumber, { to: 'CORRECTION_REQUIRED', materials: ['003CL02'] })
        await here.link.correct(answering(made, { documents: [upload('003CL02', 'new')] }, { note }))
        return here.bodyOf('/corretApply').suggestion
      })
    expect(await ask('')).toBe('已按要求补正')
    expect([...(await ask('𠮷'.repeat(501)))]).toHaveLength(500)
  })
})

describe('withdrawing', () => {
  test('tells the reason and who acts, and is the same again', async () => {
    const here = played()
    const { filed, asCase } = await file(here)
    const at = new Date(AT)
    const first = await here.link.withdraw(asCase, { reason: '不再需要', at })
    expect(here.bodyOf('/withdrawApply')).toEqual({
      accessToken: expect.any(String),
      applyNo: filed.caseNumber,
      reason: '不再需要',
      opUserId: 'csj-gw',
      opUsername: '长三角网关',
      opTime: '2026-03-02 09:05:00',
    })
    expect(first).toMatchObject({ status: 'WITHDRAWN', rawStatus: { code: '撤回' } })
    expect(await here.link.withdraw(asCase, { reason: '不再需要', at })).toEqual(first)
  })

  test('is a conflict when it is too late', async () => {
    const here = played()
    const { filed, asCase } = await file(here)
    walk(here, filed.caseNumber, 'RECEIVED', 'NOT_ACCEPTED')
    await expect(here.link.withdraw(asCase, { reason: 'x', at: new Date(AT) })).rejects.toMatchObject({
      code: 'STATE_CONFLICT',
    })
  })
})

test('an upload has its eight parts, the name raw in UTF-8, and the bytes as they are', async () => {
  const here = played()
  const { filing } = await filingFor(here)
  await here.link.submit({
    ...filing,
    file: async (id) => ({ name: '户口簿 "一".pdf', contentType: 'application/pdf', bytes: bytesOf(id) }),
  })
  const { headers, body } = here.sent.find(({ url }) => url.endsWith('/uploadStuff')) ?? { headers: {} }
  const answer = new Response(new Uint8Array(body as Buffer), { headers })
  const form = await answer.formData()
  expect([...form.keys()].toSorted()).toEqual(
    [
      'accessToken',
      'applyNo',
      'file',
      'stuffCode',
      'stuffId',
      'stuffName',
      'stuffStatus',
      'stuffType',
    ].toSorted(),
  )
  expect(form.get('stuffType')).toBe('证件证书证明')
  expect(String(body)).toContain('filename="户口簿 %22一%22.pdf"')
  expect(await (form.get('file') as File).text()).toBe(bytesOf('up_1').toString())
})

test('what fails without an answer is told as unavailable', async () => {
  const silent: Incoming = json({ isSuccess: false, errorCode: 'SYSTEM_ERROR' }, 500)
  const here = played()
  const { filing } = await filingFor(here)
  await expect(told({ generateApplyNo: () => silent }).link.submit(filing)).rejects.toMatchObject({
    code: 'REGION_UNAVAILABLE',
  })
})
