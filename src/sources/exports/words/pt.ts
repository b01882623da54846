import type { Language } from './language.ts';

/** Portuguese, of Brazil and Portugal: headings and values of exports, by the English ones that they stand for. */
export const pt: Language = {
  id: 'pt',
  name: 'Portuguese',
  headings: {
    email:
      'e mail, endereço de e mail, endereço de email, e mail corporativo, email corporativo, e mail profissional, e mail de trabalho, correio eletrónico, correio eletrônico, endereço eletrónico, e mail do usuário, e mail do utilizador',
    name: 'nome, nome completo, nome do funcionário, nome do colaborador, funcionário, colaborador, empregado, nome de exibição, nome a apresentar',
    'first name': 'primeiro nome, nome próprio',
    'last name': 'sobrenome, apelido, último nome',
    'former name': 'nome de solteira, nome de solteiro, nome anterior',
    'employee id':
      'matrícula, número do funcionário, id do funcionário, número de colaborador, número do empregado',
    'employment status':
      'situação, situação do funcionário, status do funcionário, vínculo, situação laboral, estado do colaborador',
    'hire date':
      'data de admissão, admissão, data de contratação, data de entrada, data de início de funções',
    'last working day':
      'último dia, último dia de trabalho, último dia trabalhado, data de saída, data de desligamento, desligamento, data de demissão, demissão, data de cessação, fim do contrato, data de rescisão, rescisão',
    'employment type':
      'tipo de contrato, tipo de vínculo, tipo de funcionário, regime, regime de contratação',
    department: 'departamento, área, setor, unidade, equipe, equipa',
    'job title': 'cargo, função',
    role: 'papel, função na organização, perfil',
    'seat tier': 'licença, tipo de licença, assento, tipo de assento, lugar',
    status: 'estado, status da conta, estado da conta',
    added: 'adicionado, adicionado em, membro desde, data de adição, data de inclusão',
    'last active': 'última atividade, última utilização, último acesso, último login, ativo pela última vez',
    plan: 'plano, assinatura, subscrição',
    'in workspace':
      'no espaço de trabalho, no nosso espaço de trabalho, na organização, na nossa organização, na sua organização, membro da organização',
    organization: 'organização, nome da organização, espaço de trabalho, empresa',
    created: 'conta criada em, criado em, criada em, data de criação, data de criação da conta',
    acknowledged:
      'aceito, aceite, aceitou, lido, lido e aceito, lido e compreendido, assinado, concordou, ciente',
    'start time': 'hora de início',
    'completion time': 'hora de conclusão',
    'acknowledged on':
      'data de aceite, data do aceite, data da ciência, data de concordância, data de leitura, data e hora do aceite, aceito em, aceite em, data de aceitação, data da assinatura, data de assinatura, assinado em, lido em, data de ciência',
    'policy version':
      'versão da política, versão, política, versão do termo, versão do documento, versão da norma, versão do regulamento, termo de uso',
    'joined by': 'entrou por, adicionado por, forma de convite',
    'start date': 'data de início, data inicial, início',
    'end date': 'data de fim, data final, data de término, fim',
    'event info': 'detalhes, detalhes do evento',
    'entity info': 'alvo, objeto',
    'ip address': 'endereço ip',
    date: 'data, dia',
    time: 'hora, horário',
    event: 'evento, tipo de evento',
    actor: 'ator, autor, realizado por',
    user: 'usuário, utilizador',
    connector: 'conector, integração',
    action: 'ação, ferramenta',
    permission: 'permissão, autorização',
    enabled: 'habilitado, ativado',
    messages: 'mensagens, número de mensagens',
    requests:
      'solicitações, total de solicitações, pedidos, total de pedidos, requisições, total de requisições',
    'prompt tokens': 'tokens de entrada',
    'completion tokens': 'tokens de saída',
    'net spend usd': 'gastos, gasto, gasto líquido, custo, custo usd, valor, valor usd, despesa',
    model: 'modelo',
    product: 'produto',
    'period start': 'período de, de',
    'period end': 'período até, até',
    'user principal name': 'nome principal do usuário, nome principal do utilizador',
    'account enabled': 'conta habilitada, conta ativada, conta ativa',
    'user type': 'tipo de usuário, tipo de utilizador',
    'object id': 'id do objeto',
    manager: 'gestor, gerente, supervisor',
    location: 'localização, localidade',
    timestamp: 'carimbo de data hora, carimbo de data',
  },
  values: {
    active: 'ativo, ativa, em atividade, no ativo',
    terminated:
      'desligado, desligada, demitido, demitida, saiu, inativo, inativa, aposentado, aposentada, reformado, reformada, ex funcionário, rescindido, demissão, desligamento, aposentadoria, falecido, falecida',
    'on leave':
      'em licença, de licença, afastado, afastada, licença maternidade, licença médica, licença parental, de férias, licença de maternidade, licença paternidade, licença de paternidade, licença sem vencimento, licença sem remuneração, licença não remunerada, baixa médica',
    'not yet started': 'futuro, ainda não começou, a iniciar, admissão futura',
    yes: 'sim, s, verdadeiro',
    no: 'não, falso',
    'primary owner': 'proprietário principal, proprietária principal',
    owner: 'proprietário, proprietária, dono',
    admin: 'administrador, administradora',
    custom: 'personalizado, personalizada, função personalizada',
    user: 'usuário, usuária, utilizador, utilizadora, membro',
    invited: 'convidado, convidada, convite enviado, pendente',
    suspended: 'suspenso, suspensa, desativado, desativada, bloqueado, bloqueada',
    employee:
      'funcionário, funcionária, colaborador, colaboradora, empregado, empregada, clt, efetivo, efetiva, estagiário, estagiária, tempo integral, meio período',
    contractor:
      'prestador, prestadora, terceirizado, terceirizada, autônomo, autónomo, pj, externo, externa, consultor',
    volunteer: 'voluntário, voluntária, conselheiro, conselheira',
    'shared mailbox': 'caixa compartilhada, caixa de correio partilhada, caixa de correio compartilhada',
    'service account': 'conta de serviço',
    accepted:
      'aceito, aceite, aceitou, assinado, lido, concordo, concluído, ciente, sim aceito, sim concordo, li e aceito',
    'not signed': 'não assinado, não aceito, não aceite, recusado, pendente de assinatura, não concordo',
    'always allow': 'permitir sempre, sempre permitir, sempre permitido, permitido',
    'needs approval':
      'requer aprovação, precisa de aprovação, aprovação necessária, com aprovação, perguntar, perguntar sempre',
    blocked: 'bloqueado, bloqueada, bloquear, proibido, não permitido',
    free: 'gratuito, gratuita, grátis',
    'no seat': 'sem licença, sem assento, nenhuma licença, não atribuído',
    guest: 'convidado externo',
  },
};
