/** Who asks, as the token says. */
export interface Principal {
  /** `sub`: practitioner or patient id. */
  readonly userId: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** Department codes. */
  readonly departments: readonly string[];
  /** Patient id of a patient's own token or a launch context. */
  readonly patientId?: string;
  /** v3-ActReason code, for example `TREAT`. */
  readonly purpose?: string;
}

/** Turns a request into a user. Throws `auth-required` or `auth-expired`. */
export interface Authenticator {
  authenticate(request: Request): Promise<Principal>;
}

/** Every request is this user: for stories, tests and archives inside a page. */
export function fixedUser(principal: Principal): Authenticator {
  return { authenticate: () => Promise.resolve(principal) };
}
