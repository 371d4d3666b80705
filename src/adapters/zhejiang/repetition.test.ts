/** What is repeated after a failure: no answer is lost, no case is made twice, and no request is answered for another. */
import { expect, test } from 'vitest'
import type { CorrectionRequest } from '../../schemas/case.ts'
import { act, filingOf, meet } from './test-platform.ts'
import { applied } from './test-vectors.ts'

test('a number that lapsed is replaced, and its files are sent again', async () => {
  const met = await meet()
  const { filing, store } = filingOf(met)
  const number = await met.platform.takeNumber('330101', '33010100000000099002')
  store.handle = { projId: number, 'upload:up_1@M9900203': '["oss://gone","x.pdf"]' }
  met.platform.pass(25 * 3600)
  const done = await met.link.submit(filing())
  expect(done.caseNumber).not.toBe(number)
  expect(store.files).toEqual(['up_1'])
})

test('a lost answer to a correction: the repetition sees that it was taken', async () => {
  const met = await meet()
  const { filing, filed, correcting } = filingOf(met)
  const first = await met.link.submit(filing())
  act(met, first.caseNumber, 'RECEIVED')
  act(met, first.caseNumber, 'CORRECTION_REQUIRED', { fields: ['toAddress'], materials: [] })
  const { correction } = await met.link.readCase(filed(first))
  const work = () => correcting(first, correction as CorrectionRequest, { form: { toAddress: '新址' } })
  met.lost.push('apply-correct')
  await expect(met.link.correct(work())).rejects.toThrow('was lost')
  const again = await met.link.correct(work())
  expect(again).toMatchObject({ status: 'RECEIVED' })
  expect(again.occurredAt).toBeDefined()
  // The next correction is not taken for that one.
  await expect(met.link.correct({ ...work(), handle: again.handle })).rejects.toMatchObject({
    code: 'STATE_CONFLICT',
  })
})

test('a lost answer to a correction, and another request since: the repetition does not answer that one', async () => {
  const met = await meet()
  const { filing, filed, correcting } = filingOf(met)
  const first = await met.link.submit(filing())
  act(met, first.caseNumber, 'CORRECTION_REQUIRED', { fields: ['toAddress'], materials: [] })
  const { correction } = await met.link.readCase(filed(first))
  const work = () => correcting(first, correction as CorrectionRequest, { form: { toAddress: '新址' } })
  met.lost.push('apply-correct')
  await expect(met.link.correct(work())).rejects.toThrow('was lost')
  act(met, first.caseNumber, 'CORRECTION_REQUIRED', { fields: ['fromAddress'], materials: [] })
  const again = await met.link.correct(work())
  expect(again.status).toBe('CORRECTION_REQUIRED')
  expect(again.occurredAt).toBeDefined()
  expect(met.calls.filter((one) => one === 'apply-correct')).toHaveLength(1)
})

test('a correction that was refused is not taken for one that came through', async () => {
  const met = await meet()
  const { filing, filed, correcting } = filingOf(met)
  const first = await met.link.submit(filing())
  act(met, first.caseNumber, 'CORRECTION_REQUIRED', { fields: ['moveReason'], materials: [] })
  const { correction } = await met.link.readCase(filed(first))
  const work = (moveReason: string) =>
    correcting(first, correction as CorrectionRequest, { form: { moveReason } })
  await expect(met.link.correct(work('77'))).rejects.toMatchObject({ code: 'REGION_REJECTED' })
  act(met, first.caseNumber, 'NOT_ACCEPTED')
  const later = { ...work('01'), correctedAt: '2099-01-05T11:00:00+08:00' }
  await expect(met.link.correct(later)).rejects.toMatchObject({ code: 'STATE_CONFLICT' })
})

test('a case that exists already is taken over, with the password of the listing', async () => {
  const met = await meet()
  const { filing, filed, store } = filingOf(met)
  met.lost.push('apply-submit')
  await expect(met.link.submit(filing())).rejects.toThrow('was lost')
  // The platform's account was renamed between the attempts: the same number, another document.
  const wire = { ...filing().wire, recvUserName: '另一账号' }
  const taken = await met.link.submit({ ...filing(), wire })
  expect(taken).toMatchObject({ caseNumber: store.handle['projId'], status: 'SUBMITTED' })
  expect(await met.link.readCase(filed(taken))).toMatchObject({ caseNumber: taken.caseNumber })
})

test('a case of somebody else is not taken over', async () => {
  const met = await meet()
  const theirs = filingOf(met)
  const first = await met.link.submit(theirs.filing())
  const ours = filingOf(met, applied, 'CSJ209901050000002')
  await expect(met.link.submit({ ...ours.filing(), handle: { ...first.handle } })).rejects.toMatchObject({
    code: 'DUPLICATE_CASE',
    facts: { caseNumber: first.caseNumber },
  })
})

test('a withdrawal, and its repetition', async () => {
  const met = await meet()
  const { filing, filed } = filingOf(met)
  const first = filed(await met.link.submit(filing()))
  const ask = { reason: '不再需要', at: met.now() }
  expect((await met.link.withdraw(first, ask)).status).toBe('WITHDRAWN')
  const again = await met.link.withdraw(first, ask)
  expect([again.status, again.occurredAt === undefined]).toEqual(['WITHDRAWN', false])
  expect(await met.link.readCase(first)).toMatchObject({
    status: 'WITHDRAWN',
    result: { decision: 'withdrawn', text: '申请人撤回' },
  })
})
