/** The description of the service windows. */
import { FoundWindow, WindowPage } from '../../schemas/window.ts'
import { type Document, ok, paging, path, problem, query, ref } from './words.ts'

export const WINDOW_SCHEMAS = { Window: FoundWindow, WindowPage }

const openAt = (description: string) => query('openAt', description, { type: 'string', format: 'date-time' })

export const WINDOW_PATHS: Document['paths'] = {
  '/api/v1/windows': {
    get: {
      operationId: 'listWindows',
      summary: '四十一座城市的服务窗口 · The service windows of 41 cities',
      description:
        '开放时间按国务院的放假安排, 包括调休。没有回答的城市写在 completeness 里, 并说明窗口是何时的 · Hours follow the calendar of the State Council, 调休 included. A city that did not answer is named in completeness, with the time of which its windows are',
      parameters: [
        query('city', '六位; 区县算作所在的市 · Six digits; a district stands for its city'),
        query(
          'matter',
          '事项标识: 只要能办它或其对应事项的窗口 · Matter id: windows that take it, or an equivalent of it',
        ),
        query(
          'near',
          '经度,纬度 (WGS-84): 由近到远, 并给出米数 · lon,lat in WGS-84: nearest first, with the distance in metres',
        ),
        openAt(
          'RFC 3339, 带时区: 只要确知当时开门的窗口 · RFC 3339 with its offset: only windows that are known to be open then',
        ),
        query('crossRegion', '只要跨省通办专窗, 或只要其余的 · 专窗 alone, or the others alone', {
          type: 'boolean',
        }),
        ...paging,
      ],
      responses: {
        200: ok('窗口列表 · Windows', ref('WindowPage')),
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
        path('id', '窗口标识 · Window id'),
        openAt(
          'RFC 3339, 带时区: 当时是否开门; 不写为现在 · RFC 3339 with its offset: whether it is open then; now unless told',
        ),
      ],
      responses: {
        200: ok('窗口 · Window', ref('Window')),
        400: problem('A time is wrong'),
        404: problem('No such window'),
        429: problem('Too many requests'),
      },
    },
  },
}
