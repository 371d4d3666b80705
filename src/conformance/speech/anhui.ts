/** Anhui: the Shield front, `result` for cases, `flag` for the rest, `status` for identities (contract 3). */
import { randomUUID } from 'node:crypto'
import type { AnhuiConfig } from '../../adapters/anhui/config.ts'
import { contentMd5, headersFor } from '../../adapters/anhui/sign.ts'
import { byPath, envelopeOf, fileOutcome, type Speech } from './speech.ts'

export const anhuiSpeech = (config: AnhuiConfig): Speech => ({
  json: /^application\/json(;\s*charset=utf-8)?$/i,
  operationOf: byPath([
    ['/item/queryItemList', 'matter-list'],
    ['/item/queryItemDetail', 'matter-detail'],
    ['/materialService/queryMaterial', 'material-list'],
    ['/api/projIdFeedback', 'take-number'],
    ['/materialService/materialUpload', 'material-upload'],
    ['/materialService/materialDownload', 'material-download'],
    ['/api/apasInfo', 'apply-submit'],
    ['/api/projQuery', 'case-query'],
    ['/api/resultDownload', 'result-download'],
    ['/api/projList', 'case-list'],
    ['/api/apasRegInfo', 'case-withdraw'],
    ['/uccp-server/login', 'sso-login'],
    ['/uccp-server/serviceValidate', 'sso-exchange'],
    ['/nperson/info', 'sso-userinfo'],
    ['/legal/info', 'sso-legalinfo'],
    ['/app/tokenInfo', 'sso-apptoken'],
    ['/criterion/getUnAuthToken', 'unauth-token'],
    ['/currency/querySummary', 'licence-summary'],
    ['/criterion/queryCertificate', 'licence-query'],
    ['/criterion/certificateDownload', 'licence-fetch'],
    ['/criterion/verifyCertificate', 'licence-verify'],
    ['/criterion/getTokenInfo', 'token-info'],
    ['/photoService/queryPhoto', 'photo-query'],
    ['/photoService/photoDownload', 'photo-fetch'],
    ['/api/evaluate', 'rating-push'],
    ['/api/heartbeat', 'health'],
    ['/window/queryWindowList', 'window-list'],
  ]),
  // A request in GM keeps its seal: only those in PLAIN are signed again.
  sign: (out, _config, now) => {
    if ('S-Auth-RandomKey' in out.headers) return out
    const { pathname, search } = new URL(out.url)
    const signed = {
      target: pathname + search,
      nonce: randomUUID(),
      timestamp: String(now.getTime()),
      appId: config.credentials.appId,
      contentMd5: contentMd5(out.body ?? ''),
    }
    const group = out.headers['S-Auth-GroupId'] ?? ''
    return {
      ...out,
      headers: { ...out.headers, ...headersFor(signed, config.credentials.appSecret, group, config.options) },
    }
  },
  outcomeOf: (answer) => {
    const envelope = envelopeOf(answer)
    if (envelope === undefined) return fileOutcome(answer)
    const data = envelope['data']
    if (answer.status !== 200) return { ok: false, code: String(envelope['code'] ?? answer.status), envelope }
    if ('flag' in envelope)
      return { ok: envelope['flag'] === '200', code: String(envelope['flag']), envelope, data }
    if ('result' in envelope)
      return { ok: envelope['result'] === '01', code: String(envelope['result']), envelope, data }
    return {
      ok: envelope['status'] === true,
      code: String(envelope['code'] ?? answer.status),
      envelope,
      data,
    }
  },
})
