/** The description of the service windows. */
import { FoundWindow, WindowPage } from '../../schemas/window.ts'
import { type Document, ok, paging, path, problem, query, ref } from './words.ts'

export const WINDOW_SCHEMAS = { Window: FoundWindow, WindowPage }

const openAt = query('openAt', 'RFC 3339 with its offset', { type: 'string', format: 'date-time' })

export const WINDOW_PATHS: Document['paths'] = {
  '/api/v1/windows': {
    get: {
      operationId: 'listWindows',
      summary: '四十一座城市的服务窗口 · The service windows of 41 cities',
      description:
        'Hours follow the calendar of the State Council, 调休 included. A city that did not answer is named in completeness, with the time of which its windows are',
      parameters: [
        query('city', 'Six digits; a district stands for its city'),
        query('matter', 'Matter id: windows that take it, or an equivalent of it'),
        query('near', 'lon,lat in WGS-84: nearest first, with the distance in metres'),
        { ...openAt, description: `${openAt.description}: only windows that are known to be open then` },
        query('crossRegion', '专窗 alone, or the others alone', { type: 'boolean' }),
        ...paging,
      ],
      responses: {
        200: ok('Windows', ref('WindowPage')),
        400: problem('A position, a time or another parameter is wrong'),
        404: problem('No such city, or no such matter'),
        429: problem('Too many requests'),
      },
    },
  },
  '/api/v1/windows/{id}': {
    get: {
      operationId: 'readWindow',
      summary: '一个服务窗口 · One service window',
      parameters: [
        path('id', 'Window id'),
        { ...openAt, description: `${openAt.description}: whether it is open then; now unless told` },
      ],
      responses: {
        200: ok('Window', ref('Window')),
        400: problem('A time is wrong'),
        404: problem('No such window'),
        429: problem('Too many requests'),
      },
    },
  },
}
