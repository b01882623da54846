import { AGENT_LOOK_WORDS, isAboutClaude } from '../../../../src/domain/microsoft/agent-looks.ts';
import { count } from '../../../../src/domain/text/words.ts';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Line, Lines } from '../../ui/lines.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { Part } from './part.tsx';
import type { Tenant } from './words.ts';

/** Agents related to Claude in the Microsoft Agent 365 catalog. Those that nobody can use come last. */
export function AgentsCard({ agents: { read, total, list } }: { agents: Tenant['agents'] }) {
  return (
    <Part
      title="Agents in the catalog related to Claude"
      read={read}
      aside={count(total, 'agent')}
      flush={list.length > 0}
      foot="An agent that runs on Claude without saying so is not found."
    >
      {list.length === 0 ? (
        <p>
          {total === 0
            ? 'The catalog lists nothing, which proves nothing.'
            : 'None of them is related to Claude.'}
        </p>
      ) : (
        <Lines label="Agents" head="45%">
          {list
            .toSorted((a, b) => Number(a.closed) - Number(b.closed))
            .map((agent) => (
              <Line
                key={agent.id}
                head={
                  <>
                    <h3>{agent.name}</h3>
                    <CopyValue value={agent.id} name={`the ID of ${agent.name}`} />
                  </>
                }
              >
                {agent.closed ? (
                  <p>{AGENT_LOOK_WORDS[agent.is]}. It is blocked or available to no one.</p>
                ) : (
                  <VerdictMark state={isAboutClaude(agent.is) ? 'fail' : 'cannot_read'}>
                    {AGENT_LOOK_WORDS[agent.is]}
                  </VerdictMark>
                )}
                <p className="muted">
                  Publisher {agent.publisher ?? 'not reported'}.
                  {agent.appId === null ? null : ` Application ${agent.appId}.`}
                </p>
              </Line>
            ))}
        </Lines>
      )}
    </Part>
  );
}
