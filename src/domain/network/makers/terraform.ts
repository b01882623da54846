import { comments, type Maker } from './maker.ts';

/** Attribute names from the provider's documentation. Quotes cannot occur in a header value. */
export const zscaler: Maker = {
  api: ({ about, headers }) =>
    `${JSON.stringify(
      {
        name: 'Claude: our organization only',
        description: about.join('. '),
        httpHeaderActionProfileKeys: headers.map(({ name, value }) => ({ key: name, value })),
      },
      null,
      2,
    )}\n`,
  terraform: (
    input,
  ) => `${comments(input)}# Provider zscaler/zia 4.7.26 or later. The change has to be activated.
resource "zia_http_header_action_profile" "claude" {
  name = "Claude: our organization only"
${input.headers
  .map(
    ({ name, value }) => `  http_header_action_profile_keys {
    key   = "${name}"
    value = "${value}"
  }
`,
  )
  .join('')}}

resource "zia_url_filtering_rules" "claude" {
  name      = "Claude: our organization only"
  state     = "ENABLED"
  action    = "ALLOW"
  order     = 1
  protocols = ["HTTPS_RULE", "HTTP_RULE"]
  # A custom URL category with these addresses: ${input.restriction.hosts.join(', ')}
  url_categories = [var.claude_url_category]
  http_header_action_profiles {
    id = [zia_http_header_action_profile.claude.id]
  }
}

variable "claude_url_category" {
  description = "Id of the custom URL category that holds Claude's hosts"
  type        = string
}
`,
};

export const paloAlto: Maker = {
  terraform: (
    input,
  ) => `${comments(input)}# Provider paloaltonetworks/scm. The profile is attached to the rules that allow Claude.
resource "scm_http_header_profile" "claude" {
  name   = "claude-our-organization"
  folder = var.folder
  http_header_insertions = [{
    name = "claude"
    types = [{
      name    = "Custom"
      domains = [${input.restriction.hosts.flatMap((host) => [`"${host}"`, `"*.${host}"`]).join(', ')}]
      headers = [${input.headers
        .map(
          ({ name, value }, at) => `{
        name   = "h${at + 1}"
        header = "${name}"
        value  = "${value}"
        log    = true
      }`,
        )
        .join(', ')}]
    }]
  }]
}

variable "folder" {
  description = "Folder of Strata Cloud Manager that the profile belongs to"
  type        = string
}
`,
};
