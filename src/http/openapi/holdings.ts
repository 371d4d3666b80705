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
const cities = query(
  'cities',
  '* 全部 41 座 (默认), home, known, 或用逗号隔开的区划 · * (all 41, the default), home, known, or divisions joined by commas',
)
const withCompleteness = (items: object) => ({
  type: 'object',
  required: ['items', 'completeness'],
  properties: { items: { type: 'array', items }, completeness: ref('Completeness') },
})
const key = header(
  'Idempotency-Key',
  '同一键和内容得到第一次的回答 · The same key and body get the first answer again',
)
const none = { 404: problem('None of this person; another’s is not told apart') }
const noCity = { 404: problem('No such city') }
const jose = {
  description:
    '紧凑 JWE (ECDH-ES+A256KW 或 RSA-OAEP-256, A256GCM), 加密给接收方 use=enc 的公钥。明文是 JSON: iss、aud、purpose、matter、photo 或 licence, 以及 content (contentType 和 Base64 的 bytes) · Compact JWE (ECDH-ES+A256KW or RSA-OAEP-256, A256GCM) to the receiver’s key with use enc. Its plaintext is JSON: iss, aud, purpose, matter, photo or licence, and content {contentType, bytes in Base64}',
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
        '同时问许多城市, 各来源分开。0.9 秒内没有回答的城市会说明, 上次的回答仍在, 标为 cached。回答里没有图片。 · One question to many cities in parallel; answers are kept apart by source. A city that does not answer within 0.9 s is told so, and its last answer stands, as cached. No picture is in the answer.',
      security: needs('photos'),
      parameters: [cities],
      responses: { 200: ok('照片列表 · Photos', withCompleteness(ref('Photo'))), ...noCity, ...refused },
    },
    post: {
      operationId: 'capturePhoto',
      summary: '拍照上传 · Take a photo here',
      description:
        '一张 JPEG 或 PNG, 不超过 20 MiB, 作为表单的 file 或请求体。去掉附带信息重新绘制, 供本人的申请使用: 没有地区的接口收它。 · One JPEG or PNG of at most 20 MiB, as the part file of a form or as the body. It is drawn anew without metadata and kept for the person’s own applications: no region’s contract takes it in.',
      security: needs('photos'),
      parameters: [key],
      requestBody: {
        required: true,
        content: content({ type: 'string', format: 'binary' }, 'multipart/form-data'),
      },
      responses: {
        201: ok(
          '已保存, 并按各种证件的要求判断 · Kept, and judged by every document’s rule',
          ref('PhotoFitness'),
        ),
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
      parameters: [path('id', '照片标识 · Photo id')],
      responses: { 204: { description: '已删除 · Gone' }, ...none, ...refused },
    },
  },
  '/api/v1/me/photos/{id}/fitness': {
    get: {
      operationId: 'judgePhoto',
      summary: '照片适合哪些证件和事项 · What a photo is good for',
      description:
        '取来图片并判断。要有人看脸才能判断的, 会说没有检查。 · Fetches the picture and judges it. What needs somebody who sees the face is said to be unchecked.',
      security: needs('photos'),
      parameters: [path('id', '照片标识 · Photo id')],
      responses: { 200: ok('判断及原因 · Verdicts with reasons', ref('PhotoFitness')), ...none, ...refused },
    },
  },
  '/api/v1/me/photos/{id}/picture': {
    get: {
      operationId: 'showPhoto',
      summary: '看照片 · The picture, with a visible mark',
      security: needs('photos'),
      parameters: [path('id', '照片标识 · Photo id')],
      responses: {
        200: {
          description: 'JPEG, 带给本人看的标记 · JPEG, marked for its own person',
          content: content(text, 'image/jpeg'),
        },
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
        '在对接收方 region:{区划} 的同意之下: 按要求裁剪、缩放、编码, 不加水印, 成为申请的上传。只在同意有效时送出。 · Under a consent to the receiver region:{division}: an upload for the application, cut, scaled and encoded to the rule, without a mark. It is sent only while the consent holds.',
      security: needs('photos'),
      parameters: [path('id', '照片标识 · Photo id'), key],
      requestBody: { required: true, content: content(ref('PhotoUploadRequest')) },
      responses: {
        201: ok('上传 · Upload', {
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
        '由指定的接收方在五分钟内取一次。核对身份用的图片带可见标记, 用于材料的不带。地区没有回答时, 取件码保持原样。 · For the receiver that the grant names, once, within five minutes. A picture for an identity check carries a visible mark; one that goes into a document carries none. A region that does not answer leaves the code as it was.',
      security: needs('photos'),
      parameters: [
        path('code', '取件码 · Code'),
        query('purpose', '写了就须与取件码的用途一致 · Must be the grant’s when it is given'),
      ],
      responses: { 200: jose, ...codeRefusals },
    },
  },
  '/api/v1/me/licences': {
    get: {
      operationId: 'listLicences',
      summary: '本人的电子证照 · The person’s licences',
      description:
        '与照片相同。号码打码; 打开一份才说全。 · As for photos. Numbers are masked: the one licence tells them.',
      security: needs('licences'),
      parameters: [
        cities,
        query('kind', '只要一种 · One kind alone', { type: 'string', enum: [...LICENCE_KINDS] }),
      ],
      responses: { 200: ok('证照列表 · Licences', withCompleteness(ref('Licence'))), ...noCity, ...refused },
    },
  },
  '/api/v1/me/licences/{id}': {
    get: {
      operationId: 'readLicence',
      summary: '打开一份证照 · One licence with its numbers',
      security: needs('licences'),
      parameters: [path('id', '证照标识 · Licence id')],
      responses: { 200: ok('证照 · Licence', ref('Licence')), ...none, ...refused },
    },
  },
  '/api/v1/me/licences/{id}/grants': grants('licence'),
  '/api/v1/licences/{code}': {
    get: {
      operationId: 'redeemLicence',
      summary: '取证照 · Redeem a licence code',
      description: '与照片相同: 证照及其文件。 · As for photos: the licence with its file.',
      security: needs('licences'),
      parameters: [
        path('code', '取件码 · Code'),
        query('purpose', '写了就须与取件码的用途一致 · Must be the grant’s when it is given'),
      ],
      responses: { 200: jose, ...codeRefusals },
    },
  },
  '/api/v1/licences/verify': {
    post: {
      operationId: 'verifyLicence',
      summary: '核验电子证照 · Verify a licence or its file',
      description:
        '立即核对标识的格式和校验位; 所给内容足够时再问发证地区, 不够时 region.missing 说明缺什么。 · The identifier’s form and check character at once; the licence at its region where the claim has what that region needs, and otherwise region.missing says what that is.',
      security: needs('licences'),
      requestBody: { required: true, content: content(ref('ClaimRequest')) },
      responses: {
        200: ok('所知道的 · What is known', ref('LicenceVerification')),
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
        '一个接收方、一种用途、一个事项; 五分钟内用一次。请求体没有写同意时, 这次就是一项同意, 在列表里, 可以收回。 · For one receiver, one purpose, one matter; works once within five minutes. Without consent in the body the grant is a consent of its own, which stands in the list and can be withdrawn.',
      security: needs(`${kind}s`),
      parameters: [
        path('id', kind === 'photo' ? '照片标识 · Photo id' : '证照标识 · Licence id'),
        dryRun,
        key,
      ],
      requestBody: { required: true, content: content(ref('GrantRequest')) },
      responses: {
        200: ok('试运行 · Dry run', tried({ expiresAt: { type: 'string', format: 'date-time' } })),
        201: ok('身份码或取件码 · Code', ref('Grant')),
        422: problem('RECEIVER_UNFIT; the content does not fit'),
        ...none,
        ...refused,
      },
    },
  }
}
