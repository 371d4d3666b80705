/** Requests and answers that are lost on the way: one case, one number, one file, one correction, whatever is repeated. */
import { expect, test } from 'vitest'
import { unidOf } from './numbers.ts'
import { filingAt, played, submitted } from './test-played.ts'

test.each(['projIdFeedback', 'materialUpload', 'apasInfo'])(
  'an answer to %s that is lost leaves one case, one number and one file',
  async (path) => {
    const here = played()
    const before = here.region.cases().length
    const work = await filingAt(here)
    here.loseAnswerOf(path)
    await expect(here.link.submit(work.filing())).rejects.toThrow('lost')
    const filed = await here.link.submit(work.filing())
    expect(filed.status).toBe('SUBMITTED')
    expect(here.region.cases()).toHaveLength(before + 1)
    expect(here.region.refusals()).toEqual([])
  },
)

test('a repetition after the case moved on answers with its present state, and sends nothing', async () => {
  const here = played()
  const work = await filingAt(here)
  here.loseAnswerOf('apasInfo')
  await expect(here.link.submit(work.filing())).rejects.toThrow('lost')
  const [unid] = here.region.cases().filter((one) => one.sourceNumber === unidOf('CSJ20990102AAAAAAAAAAAA'))
  await here.move(unid?.number ?? '', 'PRECHECK_RETURNED')
  const filed = await here.link.submit(work.filing())
  expect(filed).toMatchObject({ status: 'PRECHECK_RETURNED', occurredAt: expect.any(String) })
})

test('a duplicate without a mark of ours counts as success', async () => {
  const here = played()
  const { filing, filed, kept } = await submitted(here)
  const { submitting: _mark, ...rest } = kept.handle
  kept.handle = rest
  expect(await here.link.submit(filing())).toMatchObject({
    caseNumber: filed.caseNumber,
    status: 'SUBMITTED',
  })
})

test('a submission that never arrived is sent again, its files are not', async () => {
  const here = played()
  const work = await filingAt(here)
  here.loseRequestOf('apasInfo')
  await expect(here.link.submit(work.filing())).rejects.toThrow('lost')
  expect(await here.link.submit(work.filing())).toMatchObject({ status: 'SUBMITTED' })
  expect(here.sent.filter((one) => one === 'materialUpload')).toHaveLength(1)
  expect(here.sent.filter((one) => one === 'apasInfo')).toHaveLength(1)
})

test('a number that lapsed after a submission that never arrived is replaced', async () => {
  const here = played()
  const work = await filingAt(here)
  here.loseRequestOf('apasInfo')
  await expect(here.link.submit(work.filing())).rejects.toThrow('lost')
  const first = work.kept.handle['projid']
  here.pass(25 * 3600)
  const filed = await here.link.submit(work.filing())
  expect([filed.status, filed.caseNumber === first]).toEqual(['SUBMITTED', false])
})

test('a duplicate of somebody else’s is no success of ours', async () => {
  const here = played()
  const { filing, kept } = await submitted(here)
  const { submitting: _mark, ...rest } = kept.handle
  kept.handle = rest
  here.bendAnswers((body) => body.replaceAll(/"unid":"[0-9a-f]{32}"/g, `"unid":"${'f'.repeat(32)}"`))
  await expect(here.link.submit(filing())).rejects.toMatchObject({ code: 'DUPLICATE_CASE' })
})

test('a file that arrived as another is not registered', async () => {
  const here = played()
  const work = await filingAt(here)
  here.bendAnswers((body) => body.replaceAll(/"md5":"[0-9a-f]{32}"/g, `"md5":"${'0'.repeat(32)}"`))
  await expect(here.link.submit(work.filing())).rejects.toMatchObject({
    code: 'REGION_ANSWER_INVALID',
    facts: { operation: 'material-upload', reason: 'digest' },
  })
  expect(here.sent).not.toContain('apasInfo')
})

test('a number that lapsed unused is replaced, and its files are sent anew', async () => {
  const here = played()
  const work = await filingAt(here)
  here.loseAnswerOf('materialUpload')
  await expect(here.link.submit(work.filing())).rejects.toThrow('lost')
  const first = work.kept.handle['projid']
  here.pass(25 * 3600)
  const filed = await here.link.submit(work.filing())
  expect(filed.caseNumber).not.toBe(first)
  expect(filed.status).toBe('SUBMITTED')
})

test('a correction whose answer was lost is answered once', async () => {
  const here = played()
  const { filed, correcting } = await submitted(here)
  const number = filed.caseNumber
  const when = '2099-01-02T10:00:00+08:00'
  await here.move(number, 'RECEIVED')
  await here.move(number, 'CORRECTION_REQUIRED', ['M099902001'])
  const repeated = () => ({ ...correcting(number, when), isRepeated: true as const })
  here.loseAnswerOf('apasInfo')
  await expect(here.link.correct(correcting(number, when))).rejects.toThrow('lost')
  expect(await here.link.correct(repeated())).toMatchObject({ status: 'RECEIVED' })
  // The region asks once more before the gateway hears of it: the old answer is not sent for the new question.
  await here.move(number, 'CORRECTION_REQUIRED', ['M099902001'])
  expect(await here.link.correct(repeated())).toMatchObject({ status: 'CORRECTION_REQUIRED' })
  expect(await here.link.correct(correcting(number, '2099-01-02T11:00:00+08:00'))).toMatchObject({
    status: 'RECEIVED',
  })
  await expect(here.link.correct(correcting(number, '2099-01-02T12:00:00+08:00'))).rejects.toMatchObject({
    code: 'STATE_CONFLICT',
  })
})

test('two corrections of one second are two', async () => {
  const here = played()
  const { filed, correcting, kept } = await submitted(here)
  const number = filed.caseNumber
  for (const round of [1, 2]) {
    await here.move(number, 'PRECHECK_RETURNED', ['M099902001'])
    const corrected = await here.link.correct(correcting(number, '2099-01-02T10:00:00+08:00'))
    expect([round, corrected.status]).toEqual([round, 'SUBMITTED'])
    kept.handle = corrected.handle
  }
})
