import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { conditionalAccessRoute } from './routes.tsx';
import { type Access, type PolicyState, stateWords, type Template } from './words.ts';

const OPEN_WORDS = {
  no_sign_in_app: 'No one signs in to Claude through Entra.',
  sign_in_app_unknown: 'It is not known which application signs people in to Claude.',
  no_emergency_access:
    'The charter names no emergency access accounts, and every policy has to exclude them. Name them under Microsoft Entra in the charter.',
  unresolved: 'No file says which group or account this means:',
  locations_not_read:
    'The named locations have not been read, so the connector’s location may already exist. Import them first.',
} as const;

/** The steps for one policy with all values filled in, in the form in which they are carried out. */
export function StepsPart(props: {
  slug: string;
  data: Access;
  template: Template;
  state: PolicyState | undefined;
  close: string;
}) {
  const { slug, template, close } = props;
  const navigate = conditionalAccessRoute.useNavigate();
  const state = props.state ?? template.made?.state ?? 'enabledForReportingButNotEnforced';
  const load = useQuery(
    api.conditionalAccess.instructions.queryOptions({
      input: { client: slug, template: template.id, state },
    }),
  );
  const blocking = template.open.filter((one) => one.blocking);
  const data = load.data;
  return (
    <Stack gap="md" ruled>
      <h3>Steps</h3>
      {template.open.map((one) => (
        <Notice key={one.code} mark={one.blocking ? 'cannot_read' : 'info'}>
          {one.why ?? OPEN_WORDS[one.code]} {one.names.join(', ')}
        </Notice>
      ))}
      <Row align="end">
        <NativeSelect
          label="Bring it to"
          value={state}
          onChange={(event) => {
            const value = event.currentTarget.value as PolicyState;
            void navigate({ search: (was) => ({ ...was, state: value }), replace: true });
          }}
          data={(['enabledForReportingButNotEnforced', 'enabled', 'disabled'] as const).map((value) => ({
            value,
            label: stateWords(value),
          }))}
        />
        <LinkButton href={close}>Close the steps</LinkButton>
      </Row>
      <LoadFailed load={load} what="The steps could not be loaded." />
      {data === undefined || blocking.length > 0 ? null : data.steps.length === 0 ? (
        <p>Nothing to do: the policy in Entra is already as it should be in this state.</p>
      ) : (
        <>
          <p className="measure">
            Choose one of these ways, then save the list of policies from Microsoft Graph again and import it:
            Bylaw counts a policy only once it has been read. Nothing here changes anything in Entra.
          </p>
          <Fold summary="Click by click in the Microsoft Entra admin center" open>
            <ol>
              {data.portal.map((step) => (
                <li key={step.where}>
                  <p>{step.where}</p>
                  <ul className="wraps">
                    {step.choose.map((one) => (
                      <li key={one}>{one}</li>
                    ))}
                  </ul>
                </li>
              ))}
            </ol>
          </Fold>
          <Fold summary="PowerShell">
            <CopyText label="PowerShell" text={data.powershell} mono />
          </Fold>
          <Fold summary="Terraform">
            <CopyText label="Terraform, provider azuread" text={data.terraform} mono />
          </Fold>
          <Fold summary="Microsoft Graph">
            {data.graph.map((call) => (
              <CopyText
                key={call.path}
                label={`${call.method} ${call.path}`}
                text={JSON.stringify(call.body, null, 2)}
                mono
              />
            ))}
          </Fold>
        </>
      )}
    </Stack>
  );
}
