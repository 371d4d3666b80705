/** Headers that are added to an answer when it is made. */
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { expect, test } from 'vitest'
import { addHeaders } from './headers.ts'

test('they replace what the answer says, or stand beside it', () => {
  const res = new Response('', { headers: { vary: 'accept', 'x-request-id': 'old' } })
  addHeaders({ res }, [['x-request-id', 'new']])
  addHeaders({ res }, [['vary', 'cookie']], 'append')
  expect([...res.headers].filter(([name]) => name !== 'content-type')).toEqual([
    ['vary', 'accept, cookie'],
    ['x-request-id', 'new'],
  ])
})

test('the one object that stands for all answers which were written to their connections stays as it is', () => {
  const before = [...RESPONSE_ALREADY_SENT.headers]
  addHeaders({ res: RESPONSE_ALREADY_SENT }, [['x-request-id', 'req_of_somebody']])
  expect([...RESPONSE_ALREADY_SENT.headers]).toEqual(before)
})
