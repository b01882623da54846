import type { Language } from './language.ts';

/** Spanish: headings and values of exports, by the English heading or value that they stand for. */
export const es: Language = {
  id: 'es',
  name: 'Spanish',
  headings: {
    email:
      'correo, correo electrónico, correo electronico, dirección de correo, dirección de correo electrónico, correo corporativo, correo laboral, correo de trabajo, correo institucional, correo del usuario',
    name: 'nombre, nombre completo, nombre y apellidos, nombre y apellido, nombre para mostrar, empleado, empleada, nombre del empleado, trabajador, colaborador',
    'first name': 'nombre de pila, primer nombre',
    'last name': 'apellido, apellidos, primer apellido',
    'former name': 'nombre anterior, apellido de soltera, apellido anterior',
    'employee id':
      'número de empleado, id de empleado, legajo, nº de empleado, código de empleado, no empleado',
    'employment status': 'situación laboral, estado laboral, estado del empleado, situación, estatus laboral',
    'hire date':
      'fecha de alta, fecha de ingreso, fecha de contratación, ingreso, alta, primer día, fecha de incorporación',
    'last working day':
      'último día de trabajo, último día, último día laborable, último día trabajado, fecha de baja, fecha de salida, baja, salida, fin de contrato, fecha de egreso, egreso, fecha de término, fecha de cese, cese',
    'employment type': 'tipo de contrato, tipo de empleo, tipo de empleado, relación laboral, contrato',
    department: 'departamento, área, unidad, equipo, gerencia',
    'job title': 'puesto, cargo, título del puesto, posición',
    role: 'rol, función, rol de organización',
    'seat tier':
      'licencia, tipo de licencia, asiento, tipo de asiento, nivel de asiento, plaza, tipo de plaza, nivel de plaza',
    status: 'estado, estatus',
    added: 'añadido, agregado, fecha de incorporación al equipo, añadido el, agregado el, miembro desde',
    'last active':
      'última actividad, última conexión, último acceso, activo por última vez, último inicio de sesión',
    plan: 'suscripción, tipo de plan',
    'in workspace':
      'en el espacio de trabajo, en nuestro espacio de trabajo, en su espacio de trabajo, en su organización, miembro de la organización, en la organización, en nuestra organización',
    organization: 'organización, espacio de trabajo, nombre de la organización, empresa',
    created:
      'cuenta creada el, cuenta creada, fecha de creación de la cuenta, creado, creado el, creada el, fecha de creación, registrado el',
    acknowledged:
      'aceptado, leído, acepta, leído y aceptado, leído y entendido, firmado, acuse de recibo, confirmado, aceptación',
    'start time': 'hora de inicio',
    'completion time': 'hora de finalización',
    'acknowledged on':
      'aceptado el, fecha de aceptación, firmado el, fecha de firma, fecha de acuse, leído el, confirmado el',
    'policy version':
      'versión de la política, versión, política, versión del documento, versión de la norma, versión del reglamento',
    'joined by': 'se unió por, añadido mediante, tipo de invitación',
    'start date': 'fecha de inicio, fecha inicial, inicio',
    'end date': 'fecha de fin, fecha final, fin',
    'event info': 'detalles, detalles del evento',
    'entity info': 'destino, objeto afectado',
    'ip address': 'dirección ip',
    date: 'fecha, día',
    time: 'hora, fecha y hora',
    event: 'evento, tipo de evento, suceso',
    actor: 'autor',
    user: 'usuario',
    connector: 'conector, integración',
    action: 'acción, herramienta',
    permission: 'permiso, autorización',
    enabled: 'activado, habilitado',
    messages: 'mensajes, número de mensajes',
    requests: 'total de solicitudes, solicitudes totales, número de solicitudes, solicitudes, peticiones',
    'prompt tokens': 'tokens de entrada',
    'completion tokens': 'tokens de salida',
    'net spend usd': 'gasto, gasto neto, importe, costo, coste, monto, gasto usd, importe usd',
    model: 'modelo',
    product: 'producto',
    'period start': 'desde',
    'period end': 'hasta',
    'user principal name': 'nombre principal de usuario',
    'account enabled': 'cuenta habilitada, cuenta activa',
    'user type': 'tipo de usuario',
    'object id': 'id de objeto',
    manager: 'jefe, jefa, gerente, supervisor, responsable',
    location: 'ubicación, sede',
    timestamp: 'marca temporal, marca de tiempo',
  },
  values: {
    active: 'activo, activa, en activo, en servicio, vigente, de alta, contratado',
    terminated:
      'inactivo, inactiva, de baja, baja definitiva, cesado, cesada, despedido, despedida, jubilado, jubilada, exempleado, retirado, renunció, renuncia, dimisión, despido, jubilación, fallecido, fallecida',
    'on leave':
      'de permiso, en licencia, baja médica, baja por maternidad, excedencia, licencia de maternidad, permiso parental, con licencia, baja por paternidad, licencia por maternidad, permiso por maternidad, permiso de maternidad, permiso por paternidad, permiso de paternidad, permiso por nacimiento, permiso de lactancia, baja por enfermedad, incapacidad temporal, licencia médica, licencia sin goce de sueldo, permiso sin goce de sueldo, permiso sin sueldo, permiso no retribuido, licencia, de licencia',
    'not yet started': 'futuro, pendiente de ingreso, próximo ingreso, por incorporarse',
    yes: 'sí, si, s, verdadero',
    no: 'falso',
    'primary owner': 'propietario principal, propietaria principal',
    owner: 'propietario, propietaria, dueño',
    admin: 'administrador, administradora',
    custom: 'personalizado, personalizada, rol personalizado',
    user: 'usuario, usuaria, miembro',
    invited: 'invitado, invitada, pendiente, invitación enviada',
    suspended: 'suspendido, suspendida, desactivado, deshabilitado, bloqueado',
    employee:
      'empleado, empleada, tiempo completo, tiempo parcial, jornada completa, media jornada, indefinido, becario, becaria, fijo, practicante, plantilla',
    contractor: 'contratista, autónomo, consultor, externo, temporal, freelance, proveedor',
    volunteer: 'voluntario, voluntaria, junta directiva',
    'shared mailbox': 'buzón compartido, buzón común',
    'service account': 'cuenta de servicio, cuenta técnica',
    accepted:
      'aceptado, aceptada, firmado, firmada, leído, confirmado, acepto, completado, leído y aceptado, de acuerdo, sí acepto, sí estoy de acuerdo, estoy de acuerdo, he leído y acepto, sí he leído y acepto, sí he leído',
    'not signed': 'no firmado, no aceptado, rechazado, sin firmar, no leído, no acepto, no estoy de acuerdo',
    'always allow': 'permitir siempre, siempre permitido, permitido, permitir',
    'needs approval':
      'requiere aprobación, preguntar, preguntar siempre, necesita aprobación, con aprobación',
    blocked: 'bloquear, denegado, prohibido, bloqueado',
    free: 'gratis, gratuito, gratuita',
    'no seat': 'sin asiento, sin licencia, sin asignar',
  },
};
