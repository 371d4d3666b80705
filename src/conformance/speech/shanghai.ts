/** Shanghai: a token in the body, a session for licences and photos, `isSuccess` (contract 1, 3 and 4.6). */
import { byPath, envelopeOf, fileOutcome, type Speech } from './speech.ts'

export const shanghaiSpeech: Speech = {
  json: /^application\/json(;\s*charset=utf-8)?$/i,
  operationOf: byPath([
    ['/oauth2/getToken', 'token'],
    ['/portal/queryItemPage', 'matter-list'],
    ['/uapply/getItemAppplyInfo', 'matter-detail'],
    ['/uapply/getItemStuffList', 'matter-materials'],
    ['/portal/getItemAreaList', 'matter-areas'],
    ['/uapply/generateApplyNo', 'apply-no'],
    ['/usage/login.do', 'licence-login'],
    ['/usage/secQueryCertBaseData.do', 'licence-query'],
    ['/usage/deriveCert.do', 'licence-derive'],
    ['/usage/getDeriveCertFile.do', 'licence-fetch'],
    ['/usage/getCertThumbnail.do', 'licence-thumbnail'],
    ['/usage/queryCertExistence.do', 'licence-verify'],
    ['/usage/scanCertQrCode.do', 'licence-scan'],
    ['/usage/queryHolderPhoto.do', 'photo-query'],
    ['/usage/getHolderPhoto.do', 'photo-fetch'],
    ['/uapply/saveApply', 'apply-save'],
    ['/uapply/uploadStuff', 'material-upload'],
    ['/uapply/downloadStuff', 'material-download'],
    ['/uapply/deleteStuffAttach', 'material-delete'],
    ['/uapply/submitApply', 'apply-submit'],
    ['/uapply/getApplyBase', 'case-query'],
    ['/uapply/corretApply', 'apply-correct'],
    ['/uapply/getApplyProcess', 'case-process'],
    ['/uapply/downloadDocument', 'document-download'],
    ['/uapply/queryItemsApplyList', 'case-list'],
    ['/evaluate/saveEvaluate', 'rating-push'],
    ['/portal/queryWindowPage', 'window-list'],
    ['/uapply/withdrawApply', 'withdraw'],
    ['/ac-product-api/health', 'health'],
    ['/oauth2.0/me.do', 'sso-userinfo'],
    ['/naturalUser/jumpCountry.do', 'sso-login'],
    ['/login.jsp', 'sso-login'],
  ]),
  // A request of Shanghai's is not signed: it carries what was given at the log-in.
  sign: (out) => out,
  outcomeOf: (answer) => {
    const envelope = envelopeOf(answer)
    if (envelope === undefined) return fileOutcome(answer)
    const refusal = envelope['errorCode'] ?? envelope['error']
    if (refusal !== undefined && refusal !== null && refusal !== '')
      return { ok: false, code: String(refusal), envelope, data: envelope['data'] }
    const ok = answer.status === 200 && envelope['isSuccess'] !== false
    return {
      ok,
      code: String(envelope['code'] ?? answer.status),
      envelope,
      data: 'isSuccess' in envelope ? envelope['data'] : envelope,
    }
  },
}
