/** Jiangsu: bus headers over everything, the hall's texts for codes, heads for licences (contract 1.7, 3). */

import type { JiangsuConfig } from '../../adapters/jiangsu/config.ts'
import { busHeaders } from '../../adapters/jiangsu/sign.ts'
import { byPath, envelopeOf, fileOutcome, type Speech } from './speech.ts'

type Plain = Readonly<Record<string, unknown>>
const plain = (value: unknown): Plain | undefined =>
  typeof value === 'object' && value !== null ? (value as Plain) : undefined

const ENDINGS = byPath([
  ['/zwdtTask/getTaskList', 'matter-list'],
  ['/zwdtTask/getTaskDetail', 'matter-detail'],
  ['/zwdtTask/getTaskMaterialList', 'matter-materials'],
  ['/zwdtTask/getTaskCenterList', 'matter-centers'],
  ['/zwdtProject/initProject', 'case-init'],
  ['/zwdtAttach/upload', 'material-upload'],
  ['/zwdtProject/checkAllMaterialIsSubmit', 'case-check'],
  ['/zwdtAttach/getAttachList', 'material-list'],
  ['/zwdtAttach/download', 'material-download'],
  ['/zwdtAttach/deleteAttach', 'material-delete'],
  ['/zwdtProject/submitProjectByTaskguid', 'case-submit'],
  ['/zwdtProject/resubmitProject', 'case-resubmit'],
  ['/zwdtProject/getProjectDetail', 'case-query'],
  ['/zwdtProject/getMyProjectList', 'case-list'],
  ['/zwdtCenter/getWindowList', 'window-list'],
  ['/zwdtProject/getProjectResultFile', 'case-result'],
  ['/hcp/saveEvaluate', 'rating-push'],
  ['/zwdtProject/cancelProject', 'case-withdraw'],
  ['/rest/health', 'health'],
  ['/interfaces/jissso_packaging.do', 'sso-exchange'],
  ['/zzgx/token', 'licence-token'],
  ['/zzgx/zzcx', 'licence-query'],
  ['/zzgx/zzxxxz', 'licence-fetch'],
  ['/zzgx/zzwjyz', 'licence-verify'],
  ['/zpgx/zpcx', 'photo-query'],
  ['/zpgx/zpxz', 'photo-fetch'],
  ['/jsjis/front/login.do', 'sso-login'],
])

export const jiangsuSpeech = (config: JiangsuConfig): Speech => ({
  json: /^application\/json;\s*charset=utf-8$/i,
  operationOf: (out) => {
    const operation = ENDINGS(out)
    // One address for the ticket and for who it is of: the form says which.
    return operation === 'sso-exchange' && !String(out.body).includes('servicename=ticketValidate')
      ? 'sso-userinfo'
      : operation
  },
  sign: (out, _config, now) => ({
    ...out,
    headers: { ...out.headers, ...busHeaders(config.credentials.paasid, config.credentials.tifToken, now) },
  }),
  outcomeOf: (answer) => {
    const envelope = envelopeOf(answer)
    if (envelope === undefined) return fileOutcome(answer)
    const [custom, head] = [plain(envelope['custom']), plain(envelope['head'])]
    if (custom)
      return { ok: String(custom['code']) === '1', code: String(custom['text']), envelope, data: custom }
    if (head)
      return {
        ok: String(head['status']) === '0',
        code: String(head['status']),
        envelope,
        data: envelope['data'],
      }
    if ('retcode' in envelope)
      return {
        ok: envelope['retcode'] === '000000',
        code: String(envelope['retcode']),
        envelope,
        data: envelope['data'],
      }
    return { ok: false, code: String(envelope['errcode'] ?? answer.status), envelope }
  },
})
