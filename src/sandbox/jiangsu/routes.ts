import type { Office } from './office.ts'

/** A bus service of the configuration. */
export type Service = 'task' | 'project' | 'attach' | 'center' | 'rating' | 'health'

/** One hall operation: `{"token","params"}` in, the members of `custom` out. */
export interface HallRoute {
  readonly operation: string
  readonly service: Service
  readonly path: string
  readonly handle: (office: Office, params: Readonly<Record<string, unknown>>) => object
}
