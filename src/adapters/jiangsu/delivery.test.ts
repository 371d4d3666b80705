/** The ledger of a delivery: an address that Jiangsu takes is merged into one text, and one that it does not take is told as lost. */
import { expect, test } from 'vitest'
import type { Delivery } from '../../schemas/application.ts'
import type { Note } from '../kit/trace.ts'
import { delivery } from './delivery.ts'
import { context, readMatter } from './test-samples.ts'

const ADDRESSEE = { name: '张测试', mobile: '10000000001', address: '苏州市示例路1号' }

const notesOf = async (canon: Delivery): Promise<readonly Note[]> => {
  const notes: Note[] = []
  const filed = { matter: await readMatter(), sourceNumber: 'CSJ1', appliedAt: '2026-03-02T09:05:00+08:00' }
  delivery.encode(canon, { ...context, ...filed }, { wire: '', canon: '/delivery', notes })
  return notes
}

test('by post: name, mobile and address stand in postinfo', async () => {
  const notes = await notesOf({ mode: 'post', ...ADDRESSEE })
  expect(notes.find(({ how }) => how === 'merged')).toMatchObject({
    wire: ['/postinfo'],
    canon: ['/delivery/name', '/delivery/mobile', '/delivery/address'],
  })
  expect(notes.filter(({ how }) => how === 'dropped')).toEqual([])
})

test('at the counter: they are lost, and why', async () => {
  const notes = await notesOf({ mode: 'pickup', ...ADDRESSEE })
  expect(notes.filter(({ how }) => how === 'merged')).toEqual([])
  expect(notes.find(({ how }) => how === 'dropped')).toMatchObject({
    canon: ['/delivery/name', '/delivery/mobile', '/delivery/address'],
    reason: '不邮寄时江苏不登记收件人',
  })
})
