/** The description of photos, licences, what a person agrees to, and what a receiver fetches. */

import { LICENCE_KINDS } from '../../schemas/licence.ts'
import {
  content,
  type Document,
  dryRun,
  header,
  needs,
  ok,
  path,
  problem,
  query,
  ref,
  refused,
  tried,
} from './words.ts'

const text = { type: 'string' }
const cities = query('cities', '* (all 41, the default), home, known, or divisions joined by commas')
const withCompleteness = (items: object) => ({
  type: 'object',
  required: ['items', 'completeness'],
  properties: { items: { type: 'array', items }, completeness: ref('Completeness') },
})
const key = header('Idempotency-Key', 'The same key and body get the first answer again')
const none = { 404: problem('None of this person; another’s is not told apart') }
const noCity = { 404: problem('No such city') }
const jose = {
  description:
    'Compact JWE (ECDH-ES+A256KW or RSA-OAEP-256, A256GCM) to the receiver’s key with use enc. Its plaintext is JSON: iss, aud, purpose, matter, photo or licence, and content {contentType, bytes in Base64}',
  content: content(text, 'application/jose'),
}
const codeRefusals = {
  404: problem('GRANT_UNKNOWN: no such code for this client'),
  410: problem('GRANT_USED, GRANT_ENDED'),
  502: problem('The region did not answer as its contract says; the code can be used again'),
  503: problem('The region does not answer now; the code can be used again'),
  ...refused,
}

export const HOLDING_PATHS: Document['paths'] = {
  '/api/v1/me/photos': {
    get: {
      operationId: 'listPhotos',
      summary: '统一照片库: 本人的照片 · The person’s photos',
      description:
        'One question to many cities in parallel; answers are kept apart by source. A city that does not answer within 0.9 s is told so, and its last answer stands, as cached. No picture is in the answer.',
      security: needs('photos'),
      parameters: [cities],
      responses: { 200: ok('Photos', withCompleteness(ref('Photo'))), ...noCity, ...refused },
    },
    post: {
      operationId: 'capturePhoto',
      summary: '拍照上传 · Take a photo here',
      description:
        'One JPEG or PNG of at most 20 MiB, as the part file of a form or as the body. It is drawn anew without metadata and kept for the person’s own applications: no region’s contract takes it in.',
      security: needs('photos'),
      parameters: [key],
      requestBody: {
        required: true,
        content: content({ type: 'string', format: 'binary' }, 'multipart/form-data'),
      },
      responses: {
        201: ok('Kept, and judged by every document’s rule', ref('PhotoFitness')),
        409: problem('PHOTOS_TOO_MANY: twenty are kept at once'),
        413: problem('Too large'),
        422: problem('No picture, or one that cannot be used'),
        503: problem('Too many pictures at once'),
        ...refused,
      },
    },
  },
  '/api/v1/me/photos/{id}': {
    delete: {
      operationId: 'dropPhoto',
      summary: '删除在这里拍的照片 · Delete a photo that was taken here',
      security: needs('photos'),
      parameters: [path('id', 'Photo id')],
      responses: { 204: { description: 'Gone' }, ...none, ...refused },
    },
  },
  '/api/v1/me/photos/{id}/fitness': {
    get: {
      operationId: 'judgePhoto',
      summary: '照片适合哪些证件和事项 · What a photo is good for',
      description:
        'Fetches the picture and judges it. What needs somebody who sees the face is said to be unchecked.',
      security: needs('photos'),
      parameters: [path('id', 'Photo id')],
      responses: { 200: ok('Verdicts with reasons', ref('PhotoFitness')), ...none, ...refused },
    },
  },
  '/api/v1/me/photos/{id}/picture': {
    get: {
      operationId: 'showPhoto',
      summary: '看照片 · The picture, with a visible mark',
      security: needs('photos'),
      parameters: [path('id', 'Photo id')],
      responses: {
        200: { description: 'JPEG, marked for its own person', content: content(text, 'image/jpeg') },
        ...none,
        ...refused,
      },
    },
  },
  '/api/v1/me/photos/{id}/uploads': {
    post: {
      operationId: 'preparePhoto',
      summary: '把照片做成材料 · Make a photo fit a document of a matter',
      description:
        'Under a consent to the receiver region:{division}: an upload for the application, cut, scaled and encoded to the rule, without a mark. It is sent only while the consent holds.',
      security: needs('photos'),
      parameters: [path('id', 'Photo id'), key],
      requestBody: { required: true, content: content(ref('PhotoUploadRequest')) },
      responses: {
        201: ok('Upload', {
          type: 'object',
          required: ['uploadId', 'document', 'width', 'height', 'size'],
          properties: {
            uploadId: text,
            document: text,
            width: { type: 'integer' },
            height: { type: 'integer' },
            size: { type: 'integer' },
          },
        }),
        422: problem('The photo does not fit; errors says why'),
        ...none,
        ...refused,
      },
    },
  },
  '/api/v1/me/photos/{id}/grants': grants('photo'),
  '/api/v1/photos/{code}': {
    get: {
      operationId: 'redeemPhoto',
      summary: '取照片 · Redeem a photo code',
      description:
        'For the receiver that the grant names, once, within five minutes. A picture for an identity check carries a visible mark; one that goes into a document carries none. A region that does not answer leaves the code as it was.',
      security: needs('photos'),
      parameters: [path('code', 'Code'), query('purpose', 'Must be the grant’s when it is given')],
      responses: { 200: jose, ...codeRefusals },
    },
  },
  '/api/v1/me/licences': {
    get: {
      operationId: 'listLicences',
      summary: '本人的电子证照 · The person’s licences',
      description: 'As for photos. Numbers are masked: the one licence tells them.',
      security: needs('licences'),
      parameters: [cities, query('kind', 'One kind alone', { type: 'string', enum: [...LICENCE_KINDS] })],
      responses: { 200: ok('Licences', withCompleteness(ref('Licence'))), ...noCity, ...refused },
    },
  },
  '/api/v1/me/licences/{id}': {
    get: {
      operationId: 'readLicence',
      summary: '打开一份证照 · One licence with its numbers',
      security: needs('licences'),
      parameters: [path('id', 'Licence id')],
      responses: { 200: ok('Licence', ref('Licence')), ...none, ...refused },
    },
  },
  '/api/v1/me/licences/{id}/grants': grants('licence'),
  '/api/v1/licences/{code}': {
    get: {
      operationId: 'redeemLicence',
      summary: '取证照 · Redeem a licence code',
      description: 'As for photos: the licence with its file.',
      security: needs('licences'),
      parameters: [path('code', 'Code'), query('purpose', 'Must be the grant’s when it is given')],
      responses: { 200: jose, ...codeRefusals },
    },
  },
  '/api/v1/licences/verify': {
    post: {
      operationId: 'verifyLicence',
      summary: '核验电子证照 · Verify a licence or its file',
      description:
        'The identifier’s form and check character at once; the licence at its region where the claim has what that region needs, and otherwise region.missing says what that is.',
      security: needs('licences'),
      requestBody: { required: true, content: content(ref('ClaimRequest')) },
      responses: {
        200: ok('What is known', ref('LicenceVerification')),
        422: problem('The content does not fit'),
        ...refused,
      },
    },
  },
}

function grants(kind: 'photo' | 'licence'): Document['paths'][string] {
  return {
    post: {
      operationId: kind === 'photo' ? 'grantPhoto' : 'grantLicence',
      summary:
        kind === 'photo'
          ? '生成照片取件码 · A code for one photo'
          : '生成证照取件码 · A code for one licence',
      description:
        'For one receiver, one purpose, one matter; works once within five minutes. Without consent in the body the grant is a consent of its own, which stands in the list and can be withdrawn.',
      security: needs(`${kind}s`),
      parameters: [path('id', `${kind === 'photo' ? 'Photo' : 'Licence'} id`), dryRun, key],
      requestBody: { required: true, content: content(ref('GrantRequest')) },
      responses: {
        200: ok('Dry run', tried({ expiresAt: { type: 'string', format: 'date-time' } })),
        201: ok('Code', ref('Grant')),
        422: problem('RECEIVER_UNFIT; the content does not fit'),
        ...none,
        ...refused,
      },
    },
  }
}
