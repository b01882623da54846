/** Why a request is not answered with a decision. */
export type IcapRefusal =
  | 'bad_request'
  | 'no_service'
  | 'bad_method'
  | 'too_slow'
  | 'too_large'
  | 'busy'
  | 'failed'
  | 'bad_version';

const STATUS: Readonly<Record<IcapRefusal, readonly [status: number, words: string]>> = {
  bad_request: [400, 'Bad request'],
  no_service: [404, 'ICAP service not found'],
  bad_method: [405, 'Method not allowed for service'],
  too_slow: [408, 'Request timeout'],
  too_large: [413, 'Request entity too large'],
  failed: [500, 'Server error'],
  busy: [503, 'Service overloaded'],
  bad_version: [505, 'ICAP version not supported'],
};

/** A request that is answered with an error status, after which the connection is closed. */
export class IcapProblem extends Error {
  readonly refusal: IcapRefusal;
  constructor(refusal: IcapRefusal, message: string) {
    super(message);
    this.refusal = refusal;
  }
}

/** Status code and text for an error (RFC 3507, section 4.3.3). */
export const statusOf = (refusal: IcapRefusal) => STATUS[refusal];
