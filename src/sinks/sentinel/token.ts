import {
  keptToken,
  readToken,
  type TokenAsk,
  TokenProblem,
  tokenForm,
  tokenUrl,
} from '#domain/microsoft/token.ts';
import { type Answer, askOnce, byStatus, messageIn } from '../answers.ts';
import type { Outcome, SinkMeans } from '../sink.ts';

interface Application extends TokenAsk {
  readonly secret: string;
}

/** The outcome if no token was issued. */
class NoToken extends Error {
  readonly outcome: Outcome;
  constructor(outcome: Outcome) {
    super(outcome.says);
    this.outcome = outcome;
  }
}

/** Gets an application's token from Entra by client credentials, and caches it until shortly before it expires. */
export class EntraToken {
  readonly #means: SinkMeans;
  readonly #application: Application;
  readonly #kept = keptToken();

  constructor(means: SinkMeans, application: Application) {
    this.#means = means;
    this.#application = application;
  }

  forget(): void {
    this.#kept.forget();
  }

  async get(
    signal: AbortSignal,
  ): Promise<
    { readonly token: string; readonly failed: null } | { readonly token: null; readonly failed: Outcome }
  > {
    const now = this.#means.now().getTime();
    try {
      const token = await this.#kept.get('', now, async () => {
        const answer = await this.#ask(signal);
        try {
          return readToken(answer.status, answer.text, now);
        } catch (error) {
          throw error instanceof TokenProblem
            ? new NoToken(outcomeOf(error, answer, this.#application))
            : error;
        }
      });
      return { token, failed: null };
    } catch (error) {
      if (error instanceof NoToken) return { token: null, failed: error.outcome };
      throw error;
    }
  }

  async #ask(signal: AbortSignal): Promise<Answer> {
    const { answer, failed } = await askOnce(this.#means, new URL(tokenUrl(this.#application)), {
      method: 'POST',
      signal,
      ca: '',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: tokenForm(this.#application, this.#application),
    });
    if (answer === null) throw new NoToken(failed);
    return answer;
  }
}

/** No event was sent, so an unexpected response to the token request says nothing about them. */
function outcomeOf({ failure, message }: TokenProblem, answer: Answer, asked: Application): Outcome {
  if (failure.code !== 'unavailable' && failure.code !== 'no_entra')
    return { kind: 'stopped', says: message, answer: messageIn(answer) };
  const outcome = byStatus(answer, new URL(asked.login).host);
  const ofEvents = outcome.kind === 'accepted' || outcome.kind === 'refused' || outcome.kind === 'too_large';
  return ofEvents ? { kind: 'stopped', says: message, answer: messageIn(answer) } : outcome;
}
