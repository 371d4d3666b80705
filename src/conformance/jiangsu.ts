import type { Contract } from './model.ts'
export const jiangsuContract: Contract = { region: 'jiangsu', requirements: [] }
