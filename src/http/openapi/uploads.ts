/** The description of uploads. */
import { type Document, needs, ok, problem, refused } from './words.ts'

export const UPLOAD_PATHS: Document['paths'] = {
  '/api/v1/uploads': {
    post: {
      operationId: 'upload',
      summary: '上传一个文件 · Upload one file',
      security: needs('cases'),
      requestBody: {
        required: true,
        content: {
          'multipart/form-data': {
            schema: {
              type: 'object',
              required: ['file'],
              properties: { file: { type: 'string', format: 'binary' } },
            },
          },
        },
      },
      responses: {
        201: ok('已保存 · Stored', {
          type: 'object',
          required: ['uploadId', 'sha256', 'size', 'contentType'],
          properties: {
            uploadId: { type: 'string' },
            sha256: { type: 'string' },
            size: { type: 'integer' },
            contentType: { type: 'string' },
          },
        }),
        413: problem('Too large'),
        415: problem('Type not supported'),
        422: problem('No single file'),
        ...refused,
      },
    },
  },
}
