/** The description of the public figures. */
import { Figures } from '../../schemas/figures.ts'
import { type Document, ok, problem, ref } from './words.ts'

export const FIGURE_SCHEMAS = { Figures }

export const FIGURE_PATHS: Document['paths'] = {
  '/api/v1/figures': {
    get: {
      operationId: 'readFigures',
      summary: '公开数据 · Public figures',
      description:
        '最近 12 个月各地区各城市的办件量、网上办理占比、时长中位数、补正率和好评率, 每小时更新。小的数字是 null, 相邻的有时也是, 使总数相减得不出 · Cases, online share, median days, 补正 rate and good-rating rate (好评率) of the last 12 months by region and city, made every hour. Small numbers are null, and so are others beside them, so that no sum gives one away',
      responses: { 200: ok('数据 · Figures', ref('Figures')), 429: problem('Too many requests') },
    },
  },
}
