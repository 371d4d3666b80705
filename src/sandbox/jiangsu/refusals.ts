/** A refusal in the bus's own shape (contract 1.7, steps 1 to 3). */
export class BusRefusal extends Error {
  readonly status: 400 | 401 | 404 | 405 | 413
  readonly errcode: string
  constructor(status: BusRefusal['status'], errcode: string, errmsg: string) {
    super(errmsg)
    this.status = status
    this.errcode = errcode
  }
}

/** A refusal of the hall: HTTP 200, and the text is all that tells it. */
export class HallRefusal extends Error {}

export const badFrame = (): BusRefusal => new BusRefusal(400, '1006', '请求格式错误')
export const badFormat = (member: string): HallRefusal => new HallRefusal(`参数格式错误:${member}`)
export const missing = (member: string): HallRefusal => new HallRefusal(`参数不能为空:${member}`)
export const notFound = (): HallRefusal => new HallRefusal('该办件未查询到')
