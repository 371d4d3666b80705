/** The description of what a person sees before anything is released, and agrees to. */
import {
  content,
  type Document,
  dryRun,
  header,
  listOf,
  needs,
  ok,
  paging,
  path,
  problem,
  ref,
  refused,
  tried,
} from './words.ts'

const text = { type: 'string' }
const key = header(
  'Idempotency-Key',
  '同一键和内容得到第一次的回答 · The same key and body get the first answer again',
)
const none = { 404: problem('None of this person; another’s is not told apart') }

export const CONSENT_PATHS: Document['paths'] = {
  '/api/v1/me/preview': {
    post: {
      operationId: 'previewRelease',
      summary: '一次预览 · Everything that could be released for a matter, before anything is',
      security: needs('photos', 'licences'),
      requestBody: { required: true, content: content(ref('PreviewRequest')) },
      responses: {
        200: ok('预览 · Preview', ref('Preview')),
        404: problem('No such matter'),
        409: problem('No equivalent matter there'),
        ...refused,
      },
    },
  },
  '/api/v1/me/consents': {
    get: {
      operationId: 'listConsents',
      summary: '给出的同意 · Consents given',
      security: needs('photos', 'licences', 'persons'),
      parameters: paging,
      responses: { 200: ok('同意列表 · Consents', listOf(ref('Consent'))), ...refused },
    },
    post: {
      operationId: 'giveConsent',
      summary: '单独同意 · Give a consent',
      description:
        '试运行给出文字及其摘要; 先展示给本人, 再连同摘要提交。未满十四周岁时回答 202, 带监护人的同意码。 · A dry run gives the words and their digest; they are shown to the person, and the digest comes back with the consent. Below fourteen the answer is 202 with a code for a guardian.',
      security: needs('photos', 'licences'),
      parameters: [dryRun, key],
      requestBody: { required: true, content: content(ref('ConsentRequest')) },
      responses: {
        200: ok('试运行: 文字 · Dry run: the words', ref('ConsentWords')),
        201: ok('已同意 · Given', {
          type: 'object',
          required: ['consent'],
          properties: { consent: ref('Consent') },
        }),
        202: ok('等待监护人 · Waits for a guardian', {
          type: 'object',
          required: ['consent', 'guardian'],
          properties: {
            consent: ref('Consent'),
            guardian: { type: 'object', properties: { code: text, link: text, expiresAt: text } },
          },
        }),
        409: problem('CONSENT_WORDING_CHANGED'),
        422: problem('The content does not fit'),
        ...none,
        ...refused,
      },
    },
  },
  '/api/v1/me/consents/guardian': {
    post: {
      operationId: 'agreeAsGuardian',
      summary: '监护人同意 · A guardian agrees',
      description:
        '只带同意码: 说明要同意什么。再带文字的摘要: 同意。 · With the code alone: what is asked, in words. With the digest of the words: agreed.',
      security: needs('photos', 'licences', 'persons'),
      requestBody: { required: true, content: content(ref('GuardianAnswer')) },
      responses: {
        200: ok('文字, 或同意 · The words, or the consent', {
          anyOf: [
            tried({}),
            { type: 'object', required: ['consent'], properties: { consent: ref('Consent') } },
          ],
        }),
        ...none,
        ...refused,
      },
    },
  },
  '/api/v1/me/consents/{id}': {
    get: {
      operationId: 'readConsent',
      summary: '一项同意 · One consent',
      security: needs('photos', 'licences', 'persons'),
      parameters: [path('id', '同意的标识 · Consent id')],
      responses: { 200: ok('同意 · Consent', ref('Consent')), ...none, ...refused },
    },
    delete: {
      operationId: 'withdrawConsent',
      summary: '撤回同意 · Withdraw a consent',
      description:
        '立即生效: 从这一刻起不再交出, 无论进行到哪里。 · At once: nothing is handed over from this moment on, whatever is under way.',
      security: needs('photos', 'licences', 'persons'),
      parameters: [path('id', '同意的标识 · Consent id')],
      responses: { 200: ok('同意 · Consent', ref('Consent')), ...none, ...refused },
    },
  },
}
