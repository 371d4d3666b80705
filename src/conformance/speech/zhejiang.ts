/** Zhejiang: four signed headers, a business and a sharing envelope (contract 1 and 3). */
import type { ZhejiangConfig } from '../../adapters/zhejiang/config.ts'
import { headersFor, queryLine } from '../../adapters/zhejiang/sign.ts'
import { byPath, envelopeOf, fileOutcome, type Speech } from './speech.ts'

const ENDINGS = byPath([
  ['/refreshTokenByKey.htm', 'sharing-token'],
  ['/refreshTokenBySec.htm', 'sharing-token'],
  ['/uc/sso/login', 'sso-login'],
  ['/uc/sso/access_token', 'sso-exchange'],
  ['/uc/sso/getUserInfo', 'sso-userinfo'],
  ['/photo/queryPhoto', 'photo-query'],
  ['/photo/fetchPhoto', 'photo-fetch'],
  ['/projid/get.do', 'projid-get'],
  ['/attach/upload.do', 'material-upload'],
  ['/attach/download.do', 'material-download'],
  ['/receive.do', 'apply-submit'],
  ['/correct.do', 'apply-correct'],
  ['/status.do', 'case-query'],
  ['/result.do', 'case-result'],
  ['/offlinereport.do', 'rating-push'],
  ['/health.do', 'health'],
  ['/list.do', 'case-list'],
  ['/withdraw.do', 'case-withdraw'],
])

const SHARED: Readonly<Record<string, string>> = {
  matterList: 'matter-list',
  matterDetail: 'matter-detail',
  windowList: 'window-list',
  licenceQuery: 'licence-query',
  licenceFile: 'licence-fetch',
  licenceVerify: 'licence-verify',
}

/** The sharing operations have ids of the configuration in their paths. */
export const zhejiangSpeech = (config: ZhejiangConfig): Speech => ({
  json: /^application\/json(;\s*charset=utf-8)?$/i,
  operationOf: (out) => {
    const file = new URL(out.url).pathname.split('/').at(-1)
    const shared = Object.entries(config.options.sharingApiIds).find(([, id]) => file === `${id}.htm`)
    return SHARED[shared?.[0] ?? ''] ?? ENDINGS(out)
  },
  sign: (out, _config, now) => {
    const { pathname, searchParams } = new URL(out.url)
    const line = queryLine(Object.fromEntries(searchParams))
    return {
      ...out,
      headers: { ...out.headers, ...headersFor(out.method, pathname, line, config.credentials, now) },
    }
  },
  outcomeOf: (answer) => {
    const envelope = envelopeOf(answer)
    if (envelope === undefined) return fileOutcome(answer)
    if (answer.status !== 200)
      return { ok: false, code: String(envelope['message'] ?? answer.status), envelope }
    if ('success' in envelope)
      return {
        ok: envelope['success'] === true,
        code: String(envelope['errorCode']),
        envelope,
        data: envelope['data'],
      }
    return {
      ok: envelope['code'] === '00',
      code: String(envelope['code']),
      envelope,
      data: envelope['datas'],
    }
  },
})
