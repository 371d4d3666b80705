/** Callbacks of Shanghai and Zhejiang about the cases of `cases-data.ts`, signed to the letter of their contracts. */
import { createHash, randomBytes } from 'node:crypto'
import { callbackText, signCallback } from '../src/adapters/shanghai/sign.ts'
import { headersFor } from '../src/adapters/zhejiang/sign.ts'
import { caseOf } from './cases-data.ts'
import type { Shot } from './gateway.ts'

// Those of the sandbox.
const SHANGHAI = { path: '/sh/callback/applyFk', secret: 'FAKE_CALLBACK_SECRET_SH' }
const ZHEJIANG = {
  path: '/zj/callback/handler',
  keys: { accessKey: 'FAKE_AK_ZJ_CB', secretKey: 'FAKE_SK_ZJ_CB' },
}

/** `yyyy-MM-dd HH:mm:ss` in Asia/Shanghai. */
const wallClock = (at: Date): string =>
  new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

/** An identifier of 32 hexadecimal digits, the same for the same text. */
const idOf = (text: string): string => createHash('md5').update(text).digest('hex')

/** The event of a case: it goes into 特别程序. One moment of a case is one event. */
function shanghai(number: string, at: Date, now: Date): Shot {
  const time = wallClock(at)
  const body = JSON.stringify({
    data: {
      applyNo: number,
      eventId: idOf(`${number} ${time}`),
      status: '特别程序',
      result: '',
      suggestion: '需要专家评审, 期间不计入办理时限',
      sldwCode: '310000000000',
      sldwName: '示例局',
      receiveApplyTime: time,
      Finishtime: '',
      opTime: time,
      opDepartCode: 'SH01',
      opDepartName: '示例局',
      opUsername: '示例经办人',
    },
  })
  const timestamp = String(now.getTime())
  const nonce = randomBytes(16).toString('hex')
  return {
    method: 'POST',
    path: SHANGHAI.path,
    body,
    headers: {
      'content-type': 'application/json;charset=UTF-8',
      'x-sh-timestamp': timestamp,
      'x-sh-nonce': nonce,
      'x-sh-signature': signCallback(
        SHANGHAI.secret,
        callbackText(SHANGHAI.path, timestamp, nonce, Buffer.from(body)),
      ),
    },
    isTaken: (answer) => answer.includes('"isSuccess":true'),
  }
}

function zhejiang(number: string, at: Date, now: Date): Shot {
  const time = wallClock(at)
  const { keys, path } = ZHEJIANG
  return {
    method: 'POST',
    path,
    body: JSON.stringify({
      eventId: idOf(`${number} ${time}`),
      projId: number,
      phaseCode: '03',
      doAction: 5,
      nodeName: '特别程序',
      gmtUpdate: time,
      opinion: '需要专家评审, 期间不计入办理时限',
      memo: '',
    }),
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      ...headersFor('POST', path, '', keys, now),
    },
    isTaken: (answer) => answer.includes('"success":true'),
  }
}

/**
 * The letter of what happened to case `n` at this moment: made again, it is the same event.
 * @param n one whose case is under way
 * @param now when it is signed
 */
export function letterOf(n: number, at: Date, now = new Date()): Shot {
  const { region, number } = caseOf(n)
  return region === 'shanghai' ? shanghai(number, at, now) : zhejiang(number, at, now)
}

/** The number of the `index`th of the cases under way among so many: of two regions by turns. */
export function underWay(index: number, cases: number): number {
  const quarter = Math.floor(cases / 4)
  const nth = Math.floor(index / 2) % quarter
  return index % 2 === 0 ? 4 * (nth + 1) : 4 * nth + 1
}
