<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR">
  <context>
    <name>papo</name>
    <message numerus="yes">
      <source>%n byte(s)</source>
      <translation>
        <numerusform>%n byte</numerusform>
        <numerusform>%n bytes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n emoji found</source>
      <translation>
        <numerusform>%n emoji encontrado</numerusform>
        <numerusform>%n emojis encontrados</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n file(s)</source>
      <translation>
        <numerusform>%n arquivo</numerusform>
        <numerusform>%n arquivos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n link(s)</source>
      <translation>
        <numerusform>%n atalho</numerusform>
        <numerusform>%n atalhos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n member(s)</source>
      <translation>
        <numerusform>%n pessoa</numerusform>
        <numerusform>%n pessoas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n member(s) when you were last connected</source>
      <translation>
        <numerusform>%n pessoa na última conexão</numerusform>
        <numerusform>%n pessoas na última conexão</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n mention(s)</source>
      <translation>
        <numerusform>%n menção</numerusform>
        <numerusform>%n menções</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n message(s)</source>
      <translation>
        <numerusform>%n mensagem</numerusform>
        <numerusform>%n mensagens</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n message(s) are left out here: this connection took them too slowly.</source>
      <translation>
        <numerusform>%n mensagem ficou de fora aqui: esta conexão a recebeu devagar demais.</numerusform>
        <numerusform>%n mensagens ficaram de fora aqui: esta conexão as recebeu devagar demais.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n message(s) selected</source>
      <translation>
        <numerusform>%n mensagem selecionada</numerusform>
        <numerusform>%n mensagens selecionadas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n message(s) wait for the connection.</source>
      <translation>
        <numerusform>%n mensagem espera a conexão.</numerusform>
        <numerusform>%n mensagens esperam a conexão.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n message(s) were not sent.</source>
      <translation>
        <numerusform>%n mensagem não foi enviada.</numerusform>
        <numerusform>%n mensagens não foram enviadas.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n new message(s)</source>
      <translation>
        <numerusform>%n mensagem nova</numerusform>
        <numerusform>%n mensagens novas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n picture(s)</source>
      <translation>
        <numerusform>%n imagem</numerusform>
        <numerusform>%n imagens</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n picture(s) will say where they were taken.</source>
      <translation>
        <numerusform>%n imagem vai dizer onde foi feita.</numerusform>
        <numerusform>%n imagens vão dizer onde foram feitas.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n special file(s)</source>
      <translation>
        <numerusform>%n arquivo especial</numerusform>
        <numerusform>%n arquivos especiais</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n suggestion(s). Up and Down choose, Escape closes.</source>
      <translation>
        <numerusform>%n sugestão. As setas para cima e para baixo escolhem, Esc fecha.</numerusform>
        <numerusform>%n sugestões. As setas para cima e para baixo escolhem, Esc fecha.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n thing(s) that cannot be read</source>
      <translation>
        <numerusform>%n item que não pode ser lido</numerusform>
        <numerusform>%n itens que não podem ser lidos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n unread message(s)</source>
      <translation>
        <numerusform>%n mensagem não lida</numerusform>
        <numerusform>%n mensagens não lidas</numerusform>
      </translation>
    </message>
    <message>
      <source>(answering {of})</source>
      <translation>(em resposta a {of})</translation>
    </message>
    <message>
      <source>(answering {of}: “{gist}”)</source>
      <translation>(em resposta a {of}: “{gist}”)</translation>
    </message>
    <message>
      <source>({count}) {title}</source>
      <translation>({count}) {title}</translation>
    </message>
    <message>
      <source>0: no files at all</source>
      <translation>0: nenhum arquivo</translation>
    </message>
    <message>
      <source>192.168.1.20 or papo://…</source>
      <translation>192.168.1.20 ou papo://…</translation>
    </message>
    <message>
      <source>A Papo room answers at {address}, encrypted.</source>
      <translation>Uma sala do Papo responde em {address}, com criptografia.</translation>
    </message>
    <message>
      <source>A VPN is on ({interfaces}). It may lead everything away from your own network: turn it off for a moment if others cannot get in.</source>
      <translation>Uma VPN está ligada ({interfaces}). Ela pode desviar tudo da sua própria rede: desligue-a por um momento se outros não conseguirem entrar.</translation>
    </message>
    <message>
      <source>A ban can be lifted: More, “Bans and what was done…”.</source>
      <translation>Dá para desbanir: Mais, “Banimentos e o que foi feito…”.</translation>
    </message>
    <message>
      <source>A chat room on your own computer. Without a command, the window opens.</source>
      <translation>Uma sala de bate-papo no seu próprio computador. Sem comando, abre a janela.</translation>
    </message>
    <message>
      <source>A damaged file was set aside as {path}. Papo starts with a new one in its place.</source>
      <translation>Um arquivo danificado foi guardado como {path}. O Papo começa com um novo no lugar dele.</translation>
    </message>
    <message>
      <source>A file of that name has come up meanwhile. Choose another name.</source>
      <translation>Nesse meio-tempo surgiu um arquivo com esse nome. Escolha outro nome.</translation>
    </message>
    <message>
      <source>A line a message, for any editor.</source>
      <translation>Uma linha por mensagem, para qualquer editor.</translation>
    </message>
    <message numerus="yes">
      <source>A message has room for %n character(s). Shorten it, or send it in parts.</source>
      <translation>
        <numerusform>Uma mensagem comporta %n caractere. Encurte a sua ou envie em partes.</numerusform>
        <numerusform>Uma mensagem comporta %n caracteres. Encurte a sua ou envie em partes.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>A message has room for %n character(s). Shorten it, then save it.</source>
      <translation>
        <numerusform>Uma mensagem tem espaço para %n caractere. Encurte e depois salve.</numerusform>
        <numerusform>Uma mensagem tem espaço para %n caracteres. Encurte e depois salve.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>A message holds %n file(s) at most, so these go as {messages} messages.</source>
      <translation>
        <numerusform>Uma mensagem leva no máximo %n arquivo, então estes vão em {messages} mensagens.</numerusform>
        <numerusform>Uma mensagem leva no máximo %n arquivos, então estes vão em {messages} mensagens.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>A message holds %n file(s) at most. Send the others in another one.</source>
      <translation>
        <numerusform>Uma mensagem leva no máximo %n arquivo. Envie os outros em outra.</numerusform>
        <numerusform>Uma mensagem leva no máximo %n arquivos. Envie os outros em outra.</numerusform>
      </translation>
    </message>
    <message>
      <source>A message was deleted before your other text for it arrived: “{text}”</source>
      <translation>Uma mensagem foi apagada antes de chegar o novo texto dela: “{text}”</translation>
    </message>
    <message>
      <source>A newer Papo kept this room on this computer. What it kept was set aside.</source>
      <translation>Um Papo mais novo guardou esta sala neste computador. O que ele guardou foi posto de lado.</translation>
    </message>
    <message>
      <source>A nickname held by the old key may be refused to you for a while.</source>
      <translation>Um apelido que pertence à chave antiga pode ser recusado a você por algum tempo.</translation>
    </message>
    <message>
      <source>A number from 1 on is needed here.</source>
      <translation>Aqui é preciso um número a partir de 1.</translation>
    </message>
    <message>
      <source>A number from 1 to {most}.</source>
      <translation>Um número de 1 a {most}.</translation>
    </message>
    <message>
      <source>A number with MB or GB is needed here, such as 500 MB.</source>
      <translation>Aqui é preciso um número com MB ou GB, como 500 MB.</translation>
    </message>
    <message>
      <source>A page up or down</source>
      <translation>Uma página acima ou abaixo</translation>
    </message>
    <message numerus="yes">
      <source>A password has room for %n character(s). Shorten it.</source>
      <translation>
        <numerusform>Uma senha tem espaço para %n caractere. Encurte-a.</numerusform>
        <numerusform>Uma senha tem espaço para %n caracteres. Encurte-a.</numerusform>
      </translation>
    </message>
    <message>
      <source>A port is a number from 1 to 65535.</source>
      <translation>Uma porta é um número de 1 a 65535.</translation>
    </message>
    <message>
      <source>A room is open at port {port}.</source>
      <translation>Há uma sala aberta na porta {port}.</translation>
    </message>
    <message>
      <source>A room without a name</source>
      <translation>Uma sala sem nome</translation>
    </message>
    <message>
      <source>A size is a number with a unit, such as 500M or 4G.</source>
      <translation>Um tamanho é um número com uma unidade, como 500M ou 4G.</translation>
    </message>
    <message numerus="yes">
      <source>A topic has room for %n character(s). Shorten it.</source>
      <translation>
        <numerusform>Um assunto comporta %n caractere. Encurte o seu.</numerusform>
        <numerusform>Um assunto comporta %n caracteres. Encurte o seu.</numerusform>
      </translation>
    </message>
    <message>
      <source>Activities</source>
      <translation>Atividades</translation>
    </message>
    <message>
      <source>Add</source>
      <translation>Adicionar</translation>
    </message>
    <message>
      <source>Add a reaction</source>
      <translation>Adicionar uma reação</translation>
    </message>
    <message>
      <source>Add more</source>
      <translation>Adicionar mais</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Endereço</translation>
    </message>
    <message>
      <source>Address or invite</source>
      <translation>Endereço ou convite</translation>
    </message>
    <message>
      <source>Address to tell others</source>
      <translation>Endereço para passar aos outros</translation>
    </message>
    <message numerus="yes">
      <source>After %n minute(s)</source>
      <translation>
        <numerusform>Após %n minuto</numerusform>
        <numerusform>Após %n minutos</numerusform>
      </translation>
    </message>
    <message>
      <source>After the colon comes a port, such as 9090.</source>
      <translation>Depois dos dois-pontos vem a porta, como 9090.</translation>
    </message>
    <message>
      <source>All</source>
      <translation>Tudo</translation>
    </message>
    <message>
      <source>All files together</source>
      <translation>Todos os arquivos juntos</translation>
    </message>
    <message>
      <source>All messages</source>
      <translation>Todas as mensagens</translation>
    </message>
    <message>
      <source>All that Papo keeps lies here, but for the files that you saved.</source>
      <translation>Tudo o que o Papo guarda está aqui, menos os arquivos que você salvou.</translation>
    </message>
    <message>
      <source>Also everyone from that address</source>
      <translation>Também todos daquele endereço</translation>
    </message>
    <message>
      <source>Also everyone from the address {address}</source>
      <translation>Também todos do endereço {address}</translation>
    </message>
    <message>
      <source>Always leave free on this computer</source>
      <translation>Deixar sempre livre neste computador</translation>
    </message>
    <message>
      <source>An address to tell others</source>
      <translation>Um endereço para passar adiante</translation>
    </message>
    <message>
      <source>An earlier message</source>
      <translation>Uma mensagem anterior</translation>
    </message>
    <message>
      <source>An invite (papo://…) that you click elsewhere is filled in here; you decide whether to join.</source>
      <translation>Um convite (papo://…) em que você clica fora daqui é preenchido aqui; você decide se entra.</translation>
    </message>
    <message>
      <source>An invite checks the host for you. A password is asked only when needed.</source>
      <translation>Com um convite, a sala já vem verificada. A senha só é pedida quando é preciso.</translation>
    </message>
    <message>
      <source>An invite to a room. A click copies it: {target}</source>
      <translation>Um convite para uma sala. Um clique o copia: {target}</translation>
    </message>
    <message numerus="yes">
      <source>And %n more. Join those with an address.</source>
      <translation>
        <numerusform>E mais %n. Entre nela com um endereço.</numerusform>
        <numerusform>E mais %n. Entre nelas com um endereço.</numerusform>
      </translation>
    </message>
    <message>
      <source>Animals and nature</source>
      <translation>Animais e natureza</translation>
    </message>
    <message>
      <source>Another Papo on this computer has this room open, so it is not kept here.</source>
      <translation>Outro Papo neste computador está com esta sala aberta, então ela não é guardada aqui.</translation>
    </message>
    <message>
      <source>Another host</source>
      <translation>Outra sala</translation>
    </message>
    <message>
      <source>Another host answers at {address} than the one that the invite names. Nothing was sent. Ask for a new invite.</source>
      <translation>Em {address} responde outra sala que não a do convite. Nada foi enviado. Peça um novo convite.</translation>
    </message>
    <message>
      <source>Another host answers at {address} than the one you met there. Nothing was sent. Ask its person whether Papo was set up anew, and for an invite.</source>
      <translation>Em {address} responde outra sala que não a que você conhece. Nada foi enviado. Pergunte a quem hospeda se o Papo foi instalado de novo e peça um convite.</translation>
    </message>
    <message>
      <source>Another program has port {port}. Host with another port.</source>
      <translation>Outro programa usa a porta {port}. Hospede em outra porta.</translation>
    </message>
    <message>
      <source>Another room answers at {address}. Tell others another address.</source>
      <translation>Outra sala responde em {address}. Passe outro endereço aos outros.</translation>
    </message>
    <message>
      <source>Another room than yours answers at port {port}. Host yours with another port.</source>
      <translation>Outra sala que não a sua responde na porta {port}. Hospede a sua em outra porta.</translation>
    </message>
    <message>
      <source>Answer nobody</source>
      <translation>Não responder a ninguém</translation>
    </message>
    <message>
      <source>Answering yourself</source>
      <translation>Respondendo a você mesmo</translation>
    </message>
    <message>
      <source>Answering {name}</source>
      <translation>Respondendo a {name}</translation>
    </message>
    <message>
      <source>Answers an earlier message</source>
      <translation>Responde a uma mensagem anterior</translation>
    </message>
    <message>
      <source>Answers at the address</source>
      <translation>Responde no endereço</translation>
    </message>
    <message>
      <source>Answers {name}: {text}</source>
      <translation>Responde a {name}: {text}</translation>
    </message>
    <message>
      <source>Anyone can join</source>
      <translation>Qualquer um entra</translation>
    </message>
    <message>
      <source>Anyone on your network can join. With a password, only those who know it.</source>
      <translation>Qualquer pessoa da sua rede pode entrar. Com senha, só quem a conhece.</translation>
    </message>
    <message>
      <source>Appearance</source>
      <translation>Aparência</translation>
    </message>
    <message>
      <source>Archive</source>
      <translation>Arquivo compactado</translation>
    </message>
    <message>
      <source>As before</source>
      <translation>Como antes</translation>
    </message>
    <message>
      <source>As far as can be known from this computer, others can get in.</source>
      <translation>Pelo que se pode saber deste computador, outros conseguem entrar.</translation>
    </message>
    <message>
      <source>As in the settings: {level}</source>
      <translation>Como nas configurações: {level}</translation>
    </message>
    <message>
      <source>Asking the host…</source>
      <translation>Perguntando a quem hospeda…</translation>
    </message>
    <message>
      <source>Asks for a password</source>
      <translation>Pede senha</translation>
    </message>
    <message>
      <source>Asks for its password</source>
      <translation>Pede a senha</translation>
    </message>
    <message>
      <source>Attach a folder</source>
      <translation>Anexar uma pasta</translation>
    </message>
    <message>
      <source>Attach files</source>
      <translation>Anexar arquivos</translation>
    </message>
    <message>
      <source>Available</source>
      <translation>Disponível</translation>
    </message>
    <message>
      <source>Away</source>
      <translation>Ausente</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Voltar</translation>
    </message>
    <message>
      <source>Back to the answer</source>
      <translation>Voltar à resposta</translation>
    </message>
    <message>
      <source>Back to the room</source>
      <translation>Voltar para a sala</translation>
    </message>
    <message>
      <source>Back to {size}</source>
      <translation>Voltar a {size}</translation>
    </message>
    <message>
      <source>Ban</source>
      <translation>Banir</translation>
    </message>
    <message>
      <source>Ban {name}?</source>
      <translation>Banir {name}?</translation>
    </message>
    <message>
      <source>Bans</source>
      <translation>Banimentos</translation>
    </message>
    <message>
      <source>Bans and what was done…</source>
      <translation>Banimentos e o que foi feito…</translation>
    </message>
    <message>
      <source>Ban…</source>
      <translation>Banir…</translation>
    </message>
    <message>
      <source>Before</source>
      <translation>Antes</translation>
    </message>
    <message>
      <source>Best</source>
      <translation>Melhor</translation>
    </message>
    <message>
      <source>Bold, for what is selected</source>
      <translation>Negrito no que está selecionado</translation>
    </message>
    <message>
      <source>Both sides read it aloud. Same words, same room.</source>
      <translation>Leiam em voz alta. Mesmas palavras, mesma sala.</translation>
    </message>
    <message>
      <source>Both speak the same version.</source>
      <translation>Os dois falam a mesma versão.</translation>
    </message>
    <message>
      <source>Both speak the same version. The room asks for a password.</source>
      <translation>Os dois falam a mesma versão. A sala pede uma senha.</translation>
    </message>
    <message>
      <source>Browser guest</source>
      <translation>Visitante pelo navegador</translation>
    </message>
    <message>
      <source>Browser guests</source>
      <translation>Visitantes pelo navegador</translation>
    </message>
    <message>
      <source>By itself</source>
      <translation>Automática</translation>
    </message>
    <message>
      <source>By {name}, {time}</source>
      <translation>Por {name}, {time}</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Cancelar</translation>
    </message>
    <message>
      <source>Caps Lock is on.</source>
      <translation>O Caps Lock está ligado.</translation>
    </message>
    <message>
      <source>Caption</source>
      <translation>Legenda</translation>
    </message>
    <message>
      <source>Careful: this leads to {target}</source>
      <translation>Cuidado: isto leva a {target}</translation>
    </message>
    <message>
      <source>Carries the fingerprint, so the host is verified by itself.</source>
      <translation>Leva a impressão digital: a sala é verificada automaticamente.</translation>
    </message>
    <message>
      <source>Catching up</source>
      <translation>Pondo em dia</translation>
    </message>
    <message>
      <source>Categories</source>
      <translation>Categorias</translation>
    </message>
    <message>
      <source>Change it</source>
      <translation>Mudar</translation>
    </message>
    <message>
      <source>Change nickname…</source>
      <translation>Mudar apelido…</translation>
    </message>
    <message>
      <source>Change your nickname in this room</source>
      <translation>Mudar seu apelido nesta sala</translation>
    </message>
    <message>
      <source>Change…</source>
      <translation>Mudar…</translation>
    </message>
    <message>
      <source>Check again</source>
      <translation>Verificar de novo</translation>
    </message>
    <message>
      <source>Check of the connection</source>
      <translation>Verificação da conexão</translation>
    </message>
    <message>
      <source>Check the connection</source>
      <translation>Verificar a conexão</translation>
    </message>
    <message>
      <source>Check the connection…</source>
      <translation>Verificar a conexão…</translation>
    </message>
    <message>
      <source>Check the printer, or print into a PDF file.</source>
      <translation>Confira a impressora ou imprima em um arquivo PDF.</translation>
    </message>
    <message>
      <source>Checking…</source>
      <translation>Conferindo…</translation>
    </message>
    <message>
      <source>Choose a nickname, and say hello.</source>
      <translation>Escolha um apelido e diga oi.</translation>
    </message>
    <message>
      <source>Choose a nickname, so that others know who writes.</source>
      <translation>Escolha um apelido, para saberem quem escreve.</translation>
    </message>
    <message>
      <source>Choose a port from {first} to {last}.</source>
      <translation>Escolha uma porta de {first} a {last}.</translation>
    </message>
    <message>
      <source>Choose a suggestion, and take it</source>
      <translation>Escolher uma sugestão e aceitá-la</translation>
    </message>
    <message>
      <source>Choose another nickname</source>
      <translation>Escolha outro apelido</translation>
    </message>
    <message>
      <source>Choose where to save…</source>
      <translation>Escolher onde salvar…</translation>
    </message>
    <message>
      <source>Clear</source>
      <translation>Limpar</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Fechar</translation>
    </message>
    <message>
      <source>Close Papo</source>
      <translation>Fechar o Papo</translation>
    </message>
    <message numerus="yes">
      <source>Close Papo? Your room closes, and %n people are in it.</source>
      <translation>
        <numerusform>Fechar o Papo? Sua sala se fecha, e há %n pessoa nela.</numerusform>
        <numerusform>Fechar o Papo? Sua sala se fecha, e há %n pessoas nela.</numerusform>
      </translation>
    </message>
    <message>
      <source>Close files</source>
      <translation>Fechar arquivos</translation>
    </message>
    <message>
      <source>Close room</source>
      <translation>Fechar sala</translation>
    </message>
    <message>
      <source>Close search</source>
      <translation>Fechar busca</translation>
    </message>
    <message numerus="yes">
      <source>Close this room? %n people are in it.</source>
      <translation>
        <numerusform>Fechar esta sala? Há %n pessoa nela.</numerusform>
        <numerusform>Fechar esta sala? Há %n pessoas nela.</numerusform>
      </translation>
    </message>
    <message>
      <source>Close what is open, or go back</source>
      <translation>Fechar o que está aberto ou voltar</translation>
    </message>
    <message>
      <source>Code, for what is selected</source>
      <translation>Código no que está selecionado</translation>
    </message>
    <message>
      <source>Colour {number}, {name}</source>
      <translation>Cor {number}, {name}</translation>
    </message>
    <message>
      <source>Comfortable</source>
      <translation>Confortáveis</translation>
    </message>
    <message>
      <source>Comings and goings</source>
      <translation>Entradas e saídas</translation>
    </message>
    <message>
      <source>Command</source>
      <translation>Comando</translation>
    </message>
    <message>
      <source>Compact</source>
      <translation>Compactas</translation>
    </message>
    <message>
      <source>Compact shows more at once, one line each, without pictures.</source>
      <translation>Compactas mostram mais mensagens de cada vez, uma linha cada, sem imagens.</translation>
    </message>
    <message>
      <source>Compare the words with the host’s, choose a nickname, and say hello.</source>
      <translation>Compare as palavras com as de quem hospeda, escolha um apelido e diga oi.</translation>
    </message>
    <message>
      <source>Compare words</source>
      <translation>Comparar palavras</translation>
    </message>
    <message>
      <source>Computer name</source>
      <translation>Nome do computador</translation>
    </message>
    <message>
      <source>Connect your computer to the same network and start Papo.</source>
      <translation>Conecte seu computador à mesma rede e abra o Papo.</translation>
    </message>
    <message>
      <source>Connect your phone or computer to the same network.</source>
      <translation>Conecte o celular ou o computador à mesma rede.</translation>
    </message>
    <message>
      <source>Connected from {address}</source>
      <translation>Conexão de {address}</translation>
    </message>
    <message>
      <source>Connecting again.</source>
      <translation>Conectando de novo.</translation>
    </message>
    <message>
      <source>Connecting to {address}…</source>
      <translation>Conectando a {address}…</translation>
    </message>
    <message>
      <source>Connecting…</source>
      <translation>Conectando…</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>Copiado</translation>
    </message>
    <message>
      <source>Copied. Paste it under Join a room.</source>
      <translation>Copiado. Cole em Entrar em uma sala.</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Copiar</translation>
    </message>
    <message>
      <source>Copy address</source>
      <translation>Copiar endereço</translation>
    </message>
    <message>
      <source>Copy code</source>
      <translation>Copiar código</translation>
    </message>
    <message>
      <source>Copy invite</source>
      <translation>Copiar convite</translation>
    </message>
    <message>
      <source>Copy message</source>
      <translation>Copiar mensagem</translation>
    </message>
    <message>
      <source>Copy name</source>
      <translation>Copiar nome</translation>
    </message>
    <message>
      <source>Copy path</source>
      <translation>Copiar caminho</translation>
    </message>
    <message>
      <source>Copy picture</source>
      <translation>Copiar imagem</translation>
    </message>
    <message>
      <source>Copy report</source>
      <translation>Copiar relatório</translation>
    </message>
    <message>
      <source>Copy selected text</source>
      <translation>Copiar texto selecionado</translation>
    </message>
    <message>
      <source>Copy text</source>
      <translation>Copiar texto</translation>
    </message>
    <message>
      <source>Copy the address for browsers</source>
      <translation>Copiar o endereço para navegadores</translation>
    </message>
    <message>
      <source>Copy the command</source>
      <translation>Copiar o comando</translation>
    </message>
    <message>
      <source>Copy the fingerprint</source>
      <translation>Copiar a impressão digital</translation>
    </message>
    <message>
      <source>Copy the folder’s path</source>
      <translation>Copiar o caminho da pasta</translation>
    </message>
    <message>
      <source>Copy what is selected</source>
      <translation>Copiar o que está selecionado</translation>
    </message>
    <message>
      <source>Copy {address}</source>
      <translation>Copiar {address}</translation>
    </message>
    <message>
      <source>Copy {link}</source>
      <translation>Copiar {link}</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Escuro</translation>
    </message>
    <message>
      <source>Dark skin tone</source>
      <translation>Pele escura</translation>
    </message>
    <message>
      <source>Data</source>
      <translation>Dados</translation>
    </message>
    <message>
      <source>Data (JSON)</source>
      <translation>Dados (JSON)</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>Apagar</translation>
    </message>
    <message>
      <source>Delete for everyone</source>
      <translation>Apagar para todos</translation>
    </message>
    <message>
      <source>Delete for good</source>
      <translation>Apagar de vez</translation>
    </message>
    <message>
      <source>Delete the message</source>
      <translation>Apagar a mensagem</translation>
    </message>
    <message>
      <source>Delete the message (Enter)</source>
      <translation>Apagar a mensagem (Enter)</translation>
    </message>
    <message>
      <source>Delete what is kept of {room}</source>
      <translation>Apagar o que está guardado de {room}</translation>
    </message>
    <message>
      <source>Delete what this computer kept of the room, too</source>
      <translation>Apagar também o que este computador guardou da sala</translation>
    </message>
    <message>
      <source>Deleted by {name}</source>
      <translation>Apagada por {name}</translation>
    </message>
    <message>
      <source>Deleted.</source>
      <translation>Apagada.</translation>
    </message>
    <message>
      <source>Delete…</source>
      <translation>Apagar…</translation>
    </message>
    <message>
      <source>Device words</source>
      <translation>Palavras do dispositivo</translation>
    </message>
    <message>
      <source>Devices kept apart</source>
      <translation>Dispositivos isolados</translation>
    </message>
    <message>
      <source>Discard</source>
      <translation>Descartar</translation>
    </message>
    <message>
      <source>Discard the edit</source>
      <translation>Descartar a edição</translation>
    </message>
    <message>
      <source>Do it only if {host} told you, in person or by phone, that the room moved or began anew. If you are not sure, go back.</source>
      <translation>Só faça isso se {host} disse a você, pessoalmente ou por telefone, que a sala mudou de lugar ou começou de novo. Se não tiver certeza, volte.</translation>
    </message>
    <message>
      <source>Do not disturb</source>
      <translation>Não perturbe</translation>
    </message>
    <message>
      <source>Do not disturb until {time}</source>
      <translation>Não perturbe até {time}</translation>
    </message>
    <message>
      <source>Do not open</source>
      <translation>Não abrir</translation>
    </message>
    <message>
      <source>Do the versions fit?</source>
      <translation>As versões combinam?</translation>
    </message>
    <message>
      <source>Document</source>
      <translation>Documento</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Concluir</translation>
    </message>
    <message>
      <source>Done. When you open the first one, your system may ask which program to use.</source>
      <translation>Pronto. Ao abrir o primeiro, seu sistema pode perguntar qual programa usar.</translation>
    </message>
    <message>
      <source>Download</source>
      <translation>Baixar</translation>
    </message>
    <message>
      <source>Downloads</source>
      <translation>Downloads</translation>
    </message>
    <message>
      <source>Draft kept</source>
      <translation>Rascunho guardado</translation>
    </message>
    <message>
      <source>Drop to send to {room}</source>
      <translation>Solte para enviar para {room}</translation>
    </message>
    <message>
      <source>Edit</source>
      <translation>Editar</translation>
    </message>
    <message>
      <source>Edit not saved.</source>
      <translation>Edição não salva.</translation>
    </message>
    <message>
      <source>Edit topic…</source>
      <translation>Mudar assunto…</translation>
    </message>
    <message>
      <source>Edit your last message, where nothing is written</source>
      <translation>Editar sua última mensagem, se nada estiver escrito</translation>
    </message>
    <message>
      <source>Edit your message</source>
      <translation>Editar sua mensagem</translation>
    </message>
    <message>
      <source>Editing your message</source>
      <translation>Editando sua mensagem</translation>
    </message>
    <message>
      <source>Emoji</source>
      <translation>Emojis</translation>
    </message>
    <message>
      <source>Empty</source>
      <translation>Vazio</translation>
    </message>
    <message>
      <source>Enter</source>
      <translation>Enter</translation>
    </message>
    <message>
      <source>Enter deletes · Esc leaves it as it was</source>
      <translation>Enter apaga · Esc deixa como estava</translation>
    </message>
    <message>
      <source>Enter saves · Esc leaves it as it was</source>
      <translation>Enter salva · Esc deixa como estava</translation>
    </message>
    <message>
      <source>Enter sends privately · Esc writes to everyone again</source>
      <translation>Enter envia em privado · Esc volta a escrever para todos</translation>
    </message>
    <message>
      <source>Enter sends · Shift+Enter adds a line</source>
      <translation>Enter envia · Shift+Enter quebra a linha</translation>
    </message>
    <message>
      <source>Ethernet</source>
      <translation>Ethernet</translation>
    </message>
    <message>
      <source>Everybody in your rooms sees your name and picture in it.</source>
      <translation>Todos nas suas salas veem seu nome e sua imagem nessa cor.</translation>
    </message>
    <message>
      <source>Everyone may write</source>
      <translation>Todos podem escrever</translation>
    </message>
    <message>
      <source>Everyone would see that. Press Esc to write to everyone again, then type it there.</source>
      <translation>Todos veriam isso. Pressione Esc para voltar a escrever para todos e digite lá.</translation>
    </message>
    <message>
      <source>Everything in order, for programs.</source>
      <translation>Tudo em ordem, para programas.</translation>
    </message>
    <message>
      <source>Everything that was said</source>
      <translation>Tudo o que já foi dito</translation>
    </message>
    <message>
      <source>Everything the host lets me see</source>
      <translation>Tudo o que o anfitrião me deixa ver</translation>
    </message>
    <message>
      <source>Export transcript</source>
      <translation>Exportar conversa</translation>
    </message>
    <message>
      <source>Export transcript…</source>
      <translation>Exportar conversa…</translation>
    </message>
    <message>
      <source>Exported by Papo {version} on {day} at {time}.</source>
      <translation>Exportado pelo Papo {version} em {day}, às {time}.</translation>
    </message>
    <message>
      <source>Exporting “{file}”…</source>
      <translation>Exportando “{file}”…</translation>
    </message>
    <message>
      <source>File</source>
      <translation>Arquivo</translation>
    </message>
    <message>
      <source>File: {name} ({media}, {size})</source>
      <translation>Arquivo: {name} ({media}, {size})</translation>
    </message>
    <message>
      <source>Files</source>
      <translation>Arquivos</translation>
    </message>
    <message>
      <source>Files and pictures</source>
      <translation>Arquivos e imagens</translation>
    </message>
    <message>
      <source>Files cannot be sent privately yet. Write to everyone to attach one.</source>
      <translation>Ainda não dá para enviar arquivos em particular. Escreva para todos para anexar um.</translation>
    </message>
    <message>
      <source>Files go where they went before.</source>
      <translation>Os arquivos continuam indo para onde iam antes.</translation>
    </message>
    <message>
      <source>Files that you save from a room go here. Nothing that is there is overwritten.</source>
      <translation>Os arquivos que você salva de uma sala vão para cá. Nada do que já está lá é sobrescrito.</translation>
    </message>
    <message>
      <source>Files to send</source>
      <translation>Arquivos para enviar</translation>
    </message>
    <message>
      <source>Files: {names}</source>
      <translation>Arquivos: {names}</translation>
    </message>
    <message>
      <source>Files…</source>
      <translation>Arquivos…</translation>
    </message>
    <message>
      <source>Find somebody</source>
      <translation>Procurar alguém</translation>
    </message>
    <message>
      <source>Find the computer</source>
      <translation>Encontrar o computador</translation>
    </message>
    <message>
      <source>Fine</source>
      <translation>Tudo certo</translation>
    </message>
    <message>
      <source>Fingerprint changed</source>
      <translation>Impressão digital mudou</translation>
    </message>
    <message>
      <source>Fingerprint of the room: {fingerprint}</source>
      <translation>Impressão digital da sala: {fingerprint}</translation>
    </message>
    <message>
      <source>Firewall</source>
      <translation>Firewall</translation>
    </message>
    <message>
      <source>First or newest message</source>
      <translation>Primeira mensagem ou a mais recente</translation>
    </message>
    <message>
      <source>First time? Compare device words with {name}, aloud, so that nobody stands between.</source>
      <translation>Primeira vez? Compare as palavras do dispositivo com {name}, em voz alta, para ninguém ficar no meio.</translation>
    </message>
    <message>
      <source>Fit to the window</source>
      <translation>Ajustar à janela</translation>
    </message>
    <message>
      <source>Flags</source>
      <translation>Bandeiras</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>Pasta</translation>
    </message>
    <message>
      <source>Folder · counting its files…</source>
      <translation>Pasta · contando os arquivos…</translation>
    </message>
    <message>
      <source>Folder · {files}, {size}</source>
      <translation>Pasta · {files}, {size}</translation>
    </message>
    <message>
      <source>Folder…</source>
      <translation>Pasta…</translation>
    </message>
    <message>
      <source>Food and drink</source>
      <translation>Comida e bebida</translation>
    </message>
    <message>
      <source>For 1 hour</source>
      <translation>Por 1 hora</translation>
    </message>
    <message>
      <source>For 30 minutes</source>
      <translation>Por 30 minutos</translation>
    </message>
    <message>
      <source>For phones and browsers</source>
      <translation>Para celulares e navegadores</translation>
    </message>
    <message>
      <source>Forget this room</source>
      <translation>Esquecer esta sala</translation>
    </message>
    <message>
      <source>Forget this room…</source>
      <translation>Esquecer esta sala…</translation>
    </message>
    <message>
      <source>Forget {room}?</source>
      <translation>Esquecer {room}?</translation>
    </message>
    <message>
      <source>Found</source>
      <translation>Encontrados</translation>
    </message>
    <message>
      <source>Full screen</source>
      <translation>Tela cheia</translation>
    </message>
    <message>
      <source>Getting ready</source>
      <translation>Preparando</translation>
    </message>
    <message>
      <source>Getting ready…</source>
      <translation>Preparando…</translation>
    </message>
    <message>
      <source>Give the room a name, so that others find it.</source>
      <translation>Dê um nome à sala, para que a encontrem.</translation>
    </message>
    <message>
      <source>Go back</source>
      <translation>Voltar</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>Continuar</translation>
    </message>
    <message>
      <source>Go to a room, a person or a command</source>
      <translation>Ir para uma sala, uma pessoa ou um comando</translation>
    </message>
    <message>
      <source>Go to message</source>
      <translation>Ir para a mensagem</translation>
    </message>
    <message>
      <source>Go to the answered message</source>
      <translation>Ir para a mensagem respondida</translation>
    </message>
    <message>
      <source>Go to the answered message, and back with Esc</source>
      <translation>Ir para a mensagem respondida; Esc volta</translation>
    </message>
    <message>
      <source>Guests</source>
      <translation>Visitantes</translation>
    </message>
    <message>
      <source>Guests by browser are let in. What they see travels less protected.</source>
      <translation>Visitantes pelo navegador podem entrar. O que veem viaja menos protegido.</translation>
    </message>
    <message>
      <source>Guests by plain text are let in. What they see, and so all that is said here, can be read by others on their network.</source>
      <translation>Visitantes por texto puro podem entrar. O que veem, e portanto tudo o que se diz aqui, pode ser lido por outros na rede deles.</translation>
    </message>
    <message>
      <source>Guests cannot do that, and it cannot be done with them: it needs Papo.</source>
      <translation>Visitantes não podem fazer isso, nem se pode fazer isso com eles: é preciso ter o Papo.</translation>
    </message>
    <message>
      <source>Guests…</source>
      <translation>Visitantes…</translation>
    </message>
    <message>
      <source>Here since {time}</source>
      <translation>Aqui desde {time}</translation>
    </message>
    <message>
      <source>Hide members</source>
      <translation>Ocultar pessoas</translation>
    </message>
    <message>
      <source>Hide the password</source>
      <translation>Ocultar a senha</translation>
    </message>
    <message>
      <source>Host</source>
      <translation>Hospeda</translation>
    </message>
    <message>
      <source>Host a room</source>
      <translation>Hospedar uma sala</translation>
    </message>
    <message>
      <source>Host again</source>
      <translation>Hospedar de novo</translation>
    </message>
    <message>
      <source>Host not verified</source>
      <translation>Sala não verificada</translation>
    </message>
    <message>
      <source>Host or join a room</source>
      <translation>Hospedar ou entrar em uma sala</translation>
    </message>
    <message>
      <source>Host room</source>
      <translation>Hospedar sala</translation>
    </message>
    <message>
      <source>Host {room} again</source>
      <translation>Hospedar {room} de novo</translation>
    </message>
    <message>
      <source>Hosted by you</source>
      <translation>Você hospeda</translation>
    </message>
    <message>
      <source>How many messages</source>
      <translation>Quantas mensagens</translation>
    </message>
    <message>
      <source>How much</source>
      <translation>Quanto</translation>
    </message>
    <message>
      <source>I have the room’s password instead</source>
      <translation>Tenho a senha da sala</translation>
    </message>
    <message>
      <source>In by a browser, without Papo, so nothing but the name says who it is.</source>
      <translation>Entrou por um navegador, sem o Papo: só o nome diz quem é.</translation>
    </message>
    <message>
      <source>In by a plain-text program, so nothing but the name says who it is. Others on the network can read along what this guest reads and writes.</source>
      <translation>Entrou por um programa de texto puro: só o nome diz quem é. Outros na rede podem ler o que este visitante lê e escreve.</translation>
    </message>
    <message>
      <source>In open rooms, too</source>
      <translation>Nas salas abertas também</translation>
    </message>
    <message>
      <source>In private messages, too. Your desktop may keep a list of what it showed.</source>
      <translation>Também nas mensagens privadas. O seu sistema pode guardar uma lista do que mostrou.</translation>
    </message>
    <message>
      <source>In the list of rooms: move the room down</source>
      <translation>Na lista de salas: mover a sala para baixo</translation>
    </message>
    <message>
      <source>In the list of rooms: move the room up</source>
      <translation>Na lista de salas: mover a sala para cima</translation>
    </message>
    <message>
      <source>Include my private messages</source>
      <translation>Incluir minhas mensagens privadas</translation>
    </message>
    <message>
      <source>Insert an emoji</source>
      <translation>Inserir um emoji</translation>
    </message>
    <message>
      <source>Invite</source>
      <translation>Convidar</translation>
    </message>
    <message>
      <source>Invite link</source>
      <translation>Link de convite</translation>
    </message>
    <message>
      <source>Invite people</source>
      <translation>Convidar pessoas</translation>
    </message>
    <message>
      <source>Invite people to {room}</source>
      <translation>Convidar pessoas para {room}</translation>
    </message>
    <message>
      <source>Invite people…</source>
      <translation>Convidar pessoas…</translation>
    </message>
    <message>
      <source>Invite to {room} · the host is verified</source>
      <translation>Convite para {room} · sala verificada</translation>
    </message>
    <message>
      <source>Invite · the host is verified</source>
      <translation>Convite · sala verificada</translation>
    </message>
    <message>
      <source>Invites</source>
      <translation>Convites</translation>
    </message>
    <message>
      <source>Is it a Papo room?</source>
      <translation>É uma sala do Papo?</translation>
    </message>
    <message>
      <source>Is it the right host?</source>
      <translation>É a sala certa?</translation>
    </message>
    <message>
      <source>It cannot be sent. Remove it.</source>
      <translation>Não pode ser enviado. Remova.</translation>
    </message>
    <message>
      <source>It could not be deleted. You may delete it yourself, in the folder above.</source>
      <translation>Não foi possível apagar. Você pode apagar por conta própria, na pasta acima.</translation>
    </message>
    <message>
      <source>It holds for files that are sent from now on. To free space, delete messages: their files go with them.</source>
      <translation>Vale para os arquivos enviados de agora em diante. Para liberar espaço, apague mensagens: os arquivos delas vão junto.</translation>
    </message>
    <message>
      <source>It holds for those who join from now on.</source>
      <translation>Vale para quem entrar daqui em diante.</translation>
    </message>
    <message>
      <source>It is not there any more. Remove it, or put it back.</source>
      <translation>Não está mais lá. Remova ou coloque de volta.</translation>
    </message>
    <message>
      <source>It is on until you turn it off.</source>
      <translation>Está ligado até você desligar.</translation>
    </message>
    <message>
      <source>It is something else by now. Remove it and choose it again.</source>
      <translation>Agora é outra coisa. Remova e escolha de novo.</translation>
    </message>
    <message>
      <source>It is the host that the invite names.</source>
      <translation>É a sala do convite.</translation>
    </message>
    <message>
      <source>It is the host that you met before.</source>
      <translation>É a mesma sala em que você já esteve.</translation>
    </message>
    <message>
      <source>It is the same computer as on your earlier visits. Nothing else vouches for it.</source>
      <translation>É o mesmo computador das suas visitas anteriores. Nada mais garante que é ele.</translation>
    </message>
    <message>
      <source>It may be a new computer, or somebody in between. If the host moved the room, ask for a new invite.</source>
      <translation>Pode ser um computador novo ou alguém no meio do caminho. Se a sala mudou de computador, peça um novo convite.</translation>
    </message>
    <message>
      <source>Italic, for what is selected</source>
      <translation>Itálico no que está selecionado</translation>
    </message>
    <message>
      <source>Its location could not be removed. Remove the picture, or keep the location.</source>
      <translation>Não foi possível remover a localização. Remova a imagem ou mantenha a localização.</translation>
    </message>
    <message>
      <source>Join</source>
      <translation>Entrar</translation>
    </message>
    <message>
      <source>Join a room</source>
      <translation>Entrar em uma sala</translation>
    </message>
    <message>
      <source>Join again</source>
      <translation>Entrar de novo</translation>
    </message>
    <message>
      <source>Join anyway</source>
      <translation>Entrar mesmo assim</translation>
    </message>
    <message>
      <source>Join room</source>
      <translation>Entrar na sala</translation>
    </message>
    <message>
      <source>Join this room with Papo, over this network.</source>
      <translation>Entre nesta sala com o Papo, por esta rede.</translation>
    </message>
    <message>
      <source>Join this room with any browser, over this network.</source>
      <translation>Entre nesta sala com qualquer navegador, por esta rede.</translation>
    </message>
    <message>
      <source>Join with the room’s password</source>
      <translation>Entrar com a senha da sala</translation>
    </message>
    <message>
      <source>Join {room}</source>
      <translation>Entrar em {room}</translation>
    </message>
    <message>
      <source>Joined</source>
      <translation>Participando</translation>
    </message>
    <message>
      <source>Joined: {names}</source>
      <translation>Entraram: {names}</translation>
    </message>
    <message>
      <source>Joining…</source>
      <translation>Entrando…</translation>
    </message>
    <message>
      <source>Joins {address}</source>
      <translation>Entra em {address}</translation>
    </message>
    <message>
      <source>Jump to the newest message</source>
      <translation>Ir para a mensagem mais nova</translation>
    </message>
    <message>
      <source>Keep it</source>
      <translation>Manter</translation>
    </message>
    <message>
      <source>Keep it open</source>
      <translation>Deixar aberta</translation>
    </message>
    <message>
      <source>Keep nothing from now on</source>
      <translation>Não guardar nada daqui em diante</translation>
    </message>
    <message>
      <source>Keep the location</source>
      <translation>Manter a localização</translation>
    </message>
    <message>
      <source>Keep writing, your messages go out in order.</source>
      <translation>Continue escrevendo, suas mensagens saem em ordem.</translation>
    </message>
    <message>
      <source>Keyboard shortcuts</source>
      <translation>Atalhos do teclado</translation>
    </message>
    <message>
      <source>Known host</source>
      <translation>Sala conhecida</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Idioma</translation>
    </message>
    <message>
      <source>Large enough for any screen, and faster to send.</source>
      <translation>Grande o bastante para qualquer tela, e o envio é mais rápido.</translation>
    </message>
    <message>
      <source>Larger text</source>
      <translation>Texto maior</translation>
    </message>
    <message>
      <source>Largest file</source>
      <translation>Maior arquivo</translation>
    </message>
    <message>
      <source>Leads to {target}</source>
      <translation>Leva a {target}</translation>
    </message>
    <message>
      <source>Leave</source>
      <translation>Sair</translation>
    </message>
    <message>
      <source>Leave all rooms first. Then you can reset it here.</source>
      <translation>Saia antes de todas as salas. Depois você pode trocá-la aqui.</translation>
    </message>
    <message>
      <source>Leave all rooms first. Then you can reset your identity.</source>
      <translation>Saia antes de todas as salas. Depois você pode trocar sua identidade.</translation>
    </message>
    <message>
      <source>Leave it as it was</source>
      <translation>Deixar como estava</translation>
    </message>
    <message>
      <source>Leave room</source>
      <translation>Sair da sala</translation>
    </message>
    <message>
      <source>Leave the password empty to host the room as it was.</source>
      <translation>Deixe a senha vazia para hospedar a sala como ela era.</translation>
    </message>
    <message>
      <source>Leave the password empty to let anyone on your network in.</source>
      <translation>Deixe a senha vazia para que qualquer pessoa da sua rede possa entrar.</translation>
    </message>
    <message>
      <source>Leave the room</source>
      <translation>Sair da sala</translation>
    </message>
    <message>
      <source>Left out: {things}.</source>
      <translation>Fica de fora: {things}.</translation>
    </message>
    <message>
      <source>Left: {names}</source>
      <translation>Saíram: {names}</translation>
    </message>
    <message>
      <source>Let others nearby see this room</source>
      <translation>Deixar outras pessoas por perto verem esta sala</translation>
    </message>
    <message>
      <source>Let phones and browsers in</source>
      <translation>Deixar celulares e navegadores entrarem</translation>
    </message>
    <message>
      <source>Let plain-text programs in (netcat, telnet)</source>
      <translation>Deixar entrar programas de texto puro (netcat, telnet)</translation>
    </message>
    <message>
      <source>Let somebody only read</source>
      <translation>Deixar alguém apenas ler</translation>
    </message>
    <message>
      <source>Let somebody write again</source>
      <translation>Deixar alguém escrever de novo</translation>
    </message>
    <message>
      <source>Let them stay</source>
      <translation>Deixar ficar</translation>
    </message>
    <message>
      <source>Let write again</source>
      <translation>Deixar escrever</translation>
    </message>
    <message>
      <source>Let {name} read you the words on their own card. Same words: what you write privately reaches that computer alone.</source>
      <translation>Peça que {name} leia as palavras do próprio cartão. Palavras iguais: o que você escreve em privado chega só àquele computador.</translation>
    </message>
    <message>
      <source>Lift</source>
      <translation>Desbanir</translation>
    </message>
    <message>
      <source>Lift the ban of {name}</source>
      <translation>Desbanir {name}</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Claro</translation>
    </message>
    <message>
      <source>Light skin tone</source>
      <translation>Pele clara</translation>
    </message>
    <message>
      <source>Lines in a room about who joined and who left. The list of members always tells.</source>
      <translation>Linhas na sala sobre quem entrou e quem saiu. A lista de pessoas sempre mostra.</translation>
    </message>
    <message>
      <source>Loading members…</source>
      <translation>Carregando pessoas…</translation>
    </message>
    <message>
      <source>Loading messages…</source>
      <translation>Carregando mensagens…</translation>
    </message>
    <message>
      <source>Loading…</source>
      <translation>Carregando…</translation>
    </message>
    <message>
      <source>Loading… {percent}</source>
      <translation>Carregando… {percent}</translation>
    </message>
    <message>
      <source>Lock room</source>
      <translation>Trancar sala</translation>
    </message>
    <message>
      <source>Locked</source>
      <translation>Trancada</translation>
    </message>
    <message>
      <source>Locked: only people who have been here before get in.</source>
      <translation>Trancada: só entra quem já esteve aqui.</translation>
    </message>
    <message>
      <source>Look at what is marked, then send again.</source>
      <translation>Veja o que está marcado e envie de novo.</translation>
    </message>
    <message>
      <source>Look for rooms again</source>
      <translation>Procurar salas de novo</translation>
    </message>
    <message>
      <source>Looking for files…</source>
      <translation>Procurando arquivos…</translation>
    </message>
    <message>
      <source>Looking on this network…</source>
      <translation>Procurando nesta rede…</translation>
    </message>
    <message>
      <source>Looks like here; opens in any browser.</source>
      <translation>Parece com o que se vê aqui; abre em qualquer navegador.</translation>
    </message>
    <message>
      <source>MMMM yyyy</source>
      <translation>MMMM 'de' yyyy</translation>
    </message>
    <message>
      <source>Make large pictures smaller</source>
      <translation>Diminuir imagens grandes</translation>
    </message>
    <message>
      <source>Make moderator</source>
      <translation>Passar a moderar</translation>
    </message>
    <message>
      <source>Mark as read</source>
      <translation>Marcar como lida</translation>
    </message>
    <message>
      <source>Medium skin tone</source>
      <translation>Pele morena</translation>
    </message>
    <message>
      <source>Medium-dark skin tone</source>
      <translation>Pele morena escura</translation>
    </message>
    <message>
      <source>Medium-light skin tone</source>
      <translation>Pele morena clara</translation>
    </message>
    <message>
      <source>Members</source>
      <translation>Pessoas</translation>
    </message>
    <message>
      <source>Members · {count}</source>
      <translation>Participantes · {count}</translation>
    </message>
    <message>
      <source>Members · {count} of {total}</source>
      <translation>Participantes · {count} de {total}</translation>
    </message>
    <message>
      <source>Members’ computers then forget what they kept of this room, too.</source>
      <translation>Os computadores das outras pessoas também esquecem o que guardaram desta sala.</translation>
    </message>
    <message>
      <source>Mention</source>
      <translation>Mencionar</translation>
    </message>
    <message>
      <source>Mentions only</source>
      <translation>Só menções</translation>
    </message>
    <message>
      <source>Message</source>
      <translation>Mensagem</translation>
    </message>
    <message>
      <source>Message deleted</source>
      <translation>Mensagem apagada</translation>
    </message>
    <message>
      <source>Message privately…</source>
      <translation>Mensagem privada…</translation>
    </message>
    <message>
      <source>Message {name} privately</source>
      <translation>Mensagem privada para {name}</translation>
    </message>
    <message>
      <source>Message {name} privately…</source>
      <translation>Mensagem privada para {name}…</translation>
    </message>
    <message>
      <source>Message {room}</source>
      <translation>Mensagem para {room}</translation>
    </message>
    <message>
      <source>Messages</source>
      <translation>Mensagens</translation>
    </message>
    <message>
      <source>Messages stand</source>
      <translation>As mensagens ficam</translation>
    </message>
    <message>
      <source>Messages, private messages, what you were writing and what was not sent yet of {room} go from this computer, for good. Others keep what they have.</source>
      <translation>As mensagens, as mensagens privadas, o que você estava escrevendo e o que ainda não foi enviado de {room} saem deste computador, de vez. As outras pessoas continuam com o que têm.</translation>
    </message>
    <message>
      <source>Moderate</source>
      <translation>Moderar</translation>
    </message>
    <message>
      <source>Moderation</source>
      <translation>Moderação</translation>
    </message>
    <message>
      <source>Moderator</source>
      <translation>Modera</translation>
    </message>
    <message>
      <source>Moderators</source>
      <translation>Moderação</translation>
    </message>
    <message>
      <source>Moderators mute, remove and ban members, and delete messages.</source>
      <translation>Quem modera pode silenciar, remover e banir participantes, e apagar mensagens.</translation>
    </message>
    <message>
      <source>Moderators · {count} of {total}</source>
      <translation>Moderação · {count} de {total}</translation>
    </message>
    <message>
      <source>More</source>
      <translation>Mais</translation>
    </message>
    <message>
      <source>More…</source>
      <translation>Mais…</translation>
    </message>
    <message>
      <source>Motion</source>
      <translation>Movimento</translation>
    </message>
    <message>
      <source>Move down</source>
      <translation>Mover para baixo</translation>
    </message>
    <message>
      <source>Move up</source>
      <translation>Mover para cima</translation>
    </message>
    <message>
      <source>Mute</source>
      <translation>Silenciar</translation>
    </message>
    <message>
      <source>Mute room</source>
      <translation>Silenciar sala</translation>
    </message>
    <message>
      <source>Muted</source>
      <translation>Só lê</translation>
    </message>
    <message>
      <source>NAME</source>
      <translation>NOME</translation>
    </message>
    <message>
      <source>NICKNAME</source>
      <translation>APELIDO</translation>
    </message>
    <message>
      <source>Name of the file</source>
      <translation>Nome do arquivo</translation>
    </message>
    <message>
      <source>Never</source>
      <translation>Nunca</translation>
    </message>
    <message>
      <source>Never move anything</source>
      <translation>Nunca mover nada</translation>
    </message>
    <message>
      <source>New host. Have a look</source>
      <translation>Sala nova. Dê uma olhada</translation>
    </message>
    <message>
      <source>New line</source>
      <translation>Nova linha</translation>
    </message>
    <message>
      <source>New messages</source>
      <translation>Mensagens novas</translation>
    </message>
    <message>
      <source>New password</source>
      <translation>Nova senha</translation>
    </message>
    <message>
      <source>New room</source>
      <translation>Nova sala</translation>
    </message>
    <message>
      <source>Newcomers see</source>
      <translation>Quem chega vê</translation>
    </message>
    <message>
      <source>Newcomers see everything that was said.</source>
      <translation>Quem chega vê tudo o que já foi dito.</translation>
    </message>
    <message numerus="yes">
      <source>Newcomers see the last %n message(s).</source>
      <translation>
        <numerusform>Quem chega vê a última mensagem.</numerusform>
        <numerusform>Quem chega vê as últimas %n mensagens.</numerusform>
      </translation>
    </message>
    <message>
      <source>Newcomers see what is said from when they join.</source>
      <translation>Quem chega vê o que for dito depois de entrar.</translation>
    </message>
    <message>
      <source>Next picture</source>
      <translation>Próxima imagem</translation>
    </message>
    <message>
      <source>Next room</source>
      <translation>Próxima sala</translation>
    </message>
    <message>
      <source>Next unread room</source>
      <translation>Próxima sala não lida</translation>
    </message>
    <message>
      <source>Nickname</source>
      <translation>Apelido</translation>
    </message>
    <message>
      <source>No VPN was found.</source>
      <translation>Nenhuma VPN foi encontrada.</translation>
    </message>
    <message>
      <source>No answer from {address}. Is the room still open there?</source>
      <translation>{address} não respondeu. A sala ainda está aberta lá?</translation>
    </message>
    <message>
      <source>No computer called {address} was found. Check the address.</source>
      <translation>Nenhum computador chamado {address} foi encontrado. Confira o endereço.</translation>
    </message>
    <message>
      <source>No computer called {name} was found. Check how it is written, or ask for the address in numbers, such as 192.168.1.20.</source>
      <translation>Nenhum computador chamado {name} foi encontrado. Confira como se escreve ou peça o endereço em números, como 192.168.1.20.</translation>
    </message>
    <message>
      <source>No connection to the host’s computer.</source>
      <translation>Sem conexão com o computador que hospeda a sala.</translation>
    </message>
    <message>
      <source>No connection to {host}’s computer.</source>
      <translation>Sem conexão com o computador de {host}.</translation>
    </message>
    <message>
      <source>No connection yet</source>
      <translation>Ainda sem conexão</translation>
    </message>
    <message>
      <source>No emoji found for “{text}”. Try another word.</source>
      <translation>Nenhum emoji encontrado para “{text}”. Tente outra palavra.</translation>
    </message>
    <message>
      <source>No files other than pictures yet.</source>
      <translation>Ainda não há arquivos além de imagens.</translation>
    </message>
    <message>
      <source>No files yet. Those that people send appear here.</source>
      <translation>Nenhum arquivo ainda. Os que as pessoas enviarem aparecem aqui.</translation>
    </message>
    <message>
      <source>No firewall was found on this computer. There may be one in the router.</source>
      <translation>Nenhum firewall foi encontrado neste computador. Pode haver um no roteador.</translation>
    </message>
    <message>
      <source>No pictures yet. Those that people send appear here.</source>
      <translation>Nenhuma imagem ainda. As que as pessoas enviarem aparecem aqui.</translation>
    </message>
    <message>
      <source>No port could be opened on this computer. Try another port.</source>
      <translation>Não foi possível abrir uma porta neste computador. Tente outra.</translation>
    </message>
    <message>
      <source>No program here opens this link. It was copied instead.</source>
      <translation>Nenhum programa daqui abre este link. Ele foi copiado.</translation>
    </message>
    <message>
      <source>No program on this computer opens this file. Show it in its folder instead.</source>
      <translation>Nenhum programa deste computador abre este arquivo. Mostre-o na pasta.</translation>
    </message>
    <message>
      <source>No room is open at port {port} now. Host one to have the rest checked, too.</source>
      <translation>Não há sala aberta na porta {port} agora. Hospede uma para verificar o resto também.</translation>
    </message>
    <message>
      <source>No room is open yet. Nothing that can be seen from here would keep others out.</source>
      <translation>Ainda não há sala aberta. Daqui não se vê nada que impeça outros de entrar.</translation>
    </message>
    <message>
      <source>No rooms nearby yet. Host one, or join with an address: some networks do not let rooms be found.</source>
      <translation>Nenhuma sala por perto ainda. Hospede uma ou entre com um endereço: algumas redes não deixam encontrar salas.</translation>
    </message>
    <message>
      <source>No skin tone</source>
      <translation>Sem tom de pele</translation>
    </message>
    <message>
      <source>No way to {address} from here. Check that both computers are in the same network.</source>
      <translation>Não há caminho daqui até {address}. Confira se os dois computadores estão na mesma rede.</translation>
    </message>
    <message>
      <source>Nobody has vouched for the computer at {address} yet. The right password does: it checks the host for you.</source>
      <translation>A sala em {address} ainda não foi verificada. Com a senha certa, ela é verificada.</translation>
    </message>
    <message>
      <source>Nobody here is called “{name}”.</source>
      <translation>Ninguém aqui se chama “{name}”.</translation>
    </message>
    <message>
      <source>Nobody here is called “{text}”.</source>
      <translation>Ninguém aqui se chama “{text}”.</translation>
    </message>
    <message>
      <source>Nobody is banned from this room.</source>
      <translation>Ninguém foi banido desta sala.</translation>
    </message>
    <message>
      <source>None</source>
      <translation>Nenhuma</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>Sem conexão</translation>
    </message>
    <message>
      <source>Not connected. These are the files known to this computer.</source>
      <translation>Sem conexão. Estes são os arquivos que este computador conhece.</translation>
    </message>
    <message>
      <source>Not everything was sent.</source>
      <translation>Nem tudo foi enviado.</translation>
    </message>
    <message>
      <source>Not in the room now</source>
      <translation>Não está na sala agora</translation>
    </message>
    <message>
      <source>Not saved: the disk of this computer is full. Free some space, then try again.</source>
      <translation>Não foi salva: o disco deste computador está cheio. Libere espaço e tente de novo.</translation>
    </message>
    <message>
      <source>Not saved: the disk of {host}’s computer is full. Ask for some space to be freed.</source>
      <translation>Não foi salva: o disco do computador de {host} está cheio. Peça para liberar espaço.</translation>
    </message>
    <message>
      <source>Not sent.</source>
      <translation>Não enviada.</translation>
    </message>
    <message>
      <source>Not sent: the host gave another key than that person’s, so your message could have been read on the way. Ask them whether their device is still the same one.</source>
      <translation>Não enviada: a sala deu outra chave que não a dessa pessoa, e sua mensagem poderia ser lida no caminho. Pergunte a ela se o dispositivo ainda é o mesmo.</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Observação</translation>
    </message>
    <message>
      <source>Nothing found for “{text}”.</source>
      <translation>Nada encontrado para “{text}”.</translation>
    </message>
    <message>
      <source>Nothing has been said here yet. Say hello.</source>
      <translation>Ninguém disse nada por aqui ainda. Diga oi.</translation>
    </message>
    <message>
      <source>Nothing here is called “{text}”. Type fewer letters, or join that room with its invite:</source>
      <translation>Nada aqui se chama “{text}”. Digite menos letras ou entre nessa sala com o convite dela:</translation>
    </message>
    <message>
      <source>Nothing is announced, whatever it is. The number on Papo’s icon counts only what is for you.</source>
      <translation>Nada é anunciado, seja o que for. O número no ícone do Papo conta só o que é para você.</translation>
    </message>
    <message>
      <source>Nothing is certainly wrong, but look at what is marked “Perhaps”.</source>
      <translation>Não há nada errado com certeza, mas veja o que está marcado com “Talvez”.</translation>
    </message>
    <message>
      <source>Nothing is left of it. Enter deletes the message; you can undo that for a moment.</source>
      <translation>Não sobrou nada. Enter apaga a mensagem; dá para desfazer por um momento.</translation>
    </message>
    <message>
      <source>Nothing was done here yet.</source>
      <translation>Nada foi feito aqui ainda.</translation>
    </message>
    <message>
      <source>Nothing was exported.</source>
      <translation>Nada foi exportado.</translation>
    </message>
    <message>
      <source>Nothing was printed.</source>
      <translation>Nada foi impresso.</translation>
    </message>
    <message>
      <source>Nothing was sent.</source>
      <translation>Nada foi enviado.</translation>
    </message>
    <message>
      <source>Nothing yet. What is said in a room is kept here, to be read without a connection too.</source>
      <translation>Nada ainda. O que é dito em uma sala fica guardado aqui, para ler também sem conexão.</translation>
    </message>
    <message>
      <source>Nothing, and nothing is kept</source>
      <translation>Nada, e nada fica guardado</translation>
    </message>
    <message>
      <source>Notifications</source>
      <translation>Notificações</translation>
    </message>
    <message>
      <source>Notifications are off for this room.</source>
      <translation>As notificações desta sala estão desligadas.</translation>
    </message>
    <message>
      <source>Now</source>
      <translation>Agora</translation>
    </message>
    <message>
      <source>Objects</source>
      <translation>Objetos</translation>
    </message>
    <message>
      <source>Older messages are fetched from the host.</source>
      <translation>As mensagens mais antigas são buscadas no anfitrião.</translation>
    </message>
    <message>
      <source>Older results</source>
      <translation>Resultados mais antigos</translation>
    </message>
    <message>
      <source>On this computer</source>
      <translation>Neste computador</translation>
    </message>
    <message>
      <source>On top of the size that is set for your whole computer.</source>
      <translation>Além do tamanho definido para o computador todo.</translation>
    </message>
    <message>
      <source>Only an emoji can be put to a message.</source>
      <translation>Só um emoji pode ser colocado em uma mensagem.</translation>
    </message>
    <message>
      <source>Only files can be sent, not folders or devices.</source>
      <translation>Só dá para enviar arquivos, não pastas nem dispositivos.</translation>
    </message>
    <message>
      <source>Only hosts may write</source>
      <translation>Só quem hospeda e modera escreve</translation>
    </message>
    <message>
      <source>Only hosts write</source>
      <translation>Só quem modera escreve</translation>
    </message>
    <message>
      <source>Only the host and moderators may write at the moment.</source>
      <translation>Por enquanto só quem hospeda e modera pode escrever.</translation>
    </message>
    <message>
      <source>Only the host and moderators write here at the moment. You can read on.</source>
      <translation>Por enquanto só quem hospeda e modera escreve aqui. Você pode continuar lendo.</translation>
    </message>
    <message>
      <source>Only while you look at something else. Private messages count as mentions. Each room can have its own choice, in the menu at its top.</source>
      <translation>Só enquanto você olha para outra coisa. Mensagens privadas contam como menções. Cada sala pode ter sua própria escolha, no menu no alto dela.</translation>
    </message>
    <message>
      <source>Only you so far. Invite somebody.</source>
      <translation>Só você por enquanto. Convide alguém.</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Abrir</translation>
    </message>
    <message>
      <source>Open Papo</source>
      <translation>Abrir o Papo</translation>
    </message>
    <message>
      <source>Open it anyway</source>
      <translation>Abrir mesmo assim</translation>
    </message>
    <message>
      <source>Open with Papo</source>
      <translation>Abrir com o Papo</translation>
    </message>
    <message>
      <source>Open {link}</source>
      <translation>Abrir {link}</translation>
    </message>
    <message>
      <source>Opening…</source>
      <translation>Abrindo…</translation>
    </message>
    <message>
      <source>Options</source>
      <translation>Opções</translation>
    </message>
    <message>
      <source>Or type an address</source>
      <translation>Ou digite um endereço</translation>
    </message>
    <message>
      <source>Others do not recognise you, and what you wrote is no longer marked as yours.</source>
      <translation>Os outros não reconhecem você, e o que você escreveu deixa de aparecer como seu.</translation>
    </message>
    <message>
      <source>Others on this computer can read {path}. Let nobody but you: chmod 600.</source>
      <translation>Outras pessoas neste computador podem ler {path}. Deixe só para você: chmod 600.</translation>
    </message>
    <message>
      <source>Others on your network can find it and join.</source>
      <translation>Outras pessoas na sua rede podem encontrá-la e entrar.</translation>
    </message>
    <message>
      <source>Packing “{file}”… {percent} %</source>
      <translation>Compactando “{file}”… {percent} %</translation>
    </message>
    <message>
      <source>Papo</source>
      <translation>Papo</translation>
    </message>
    <message>
      <source>Papo cannot store anything in {path} ({reason}). Choose another folder with --data.</source>
      <translation>O Papo não consegue guardar nada em {path} ({reason}). Escolha outra pasta com --data.</translation>
    </message>
    <message>
      <source>Papo cannot write to this computer’s disk, so this room is not kept here for now.</source>
      <translation>O Papo não consegue gravar no disco deste computador, então esta sala não é guardada aqui por enquanto.</translation>
    </message>
    <message>
      <source>Papo cannot write to this computer’s disk. Remove it, or try again.</source>
      <translation>O Papo não consegue gravar no disco deste computador. Remova ou tente de novo.</translation>
    </message>
    <message>
      <source>Papo could not keep that for sending ({reason}). Free some space on the disk, then try again.</source>
      <translation>O Papo não conseguiu guardar isso para enviar ({reason}). Libere espaço no disco e tente de novo.</translation>
    </message>
    <message>
      <source>Papo does not open this kind of file, because it could run a program. Open it from its folder if you trust whoever sent it.</source>
      <translation>O Papo não abre este tipo de arquivo, porque ele poderia executar um programa. Abra-o pela pasta se você confia em quem enviou.</translation>
    </message>
    <message>
      <source>Papo forgets the fingerprint that it trusted here. You join as if for the first time, and can compare the new words with the host.</source>
      <translation>O Papo esquece a impressão digital em que confiava aqui. Você entra como se fosse a primeira vez e pode comparar as novas palavras com quem hospeda.</translation>
    </message>
    <message>
      <source>Papo may not write into that folder. Choose another one.</source>
      <translation>O Papo não pode gravar nessa pasta. Escolha outra.</translation>
    </message>
    <message>
      <source>Papo may not write into that folder. Save the file somewhere else.</source>
      <translation>O Papo não pode gravar nessa pasta. Salve o arquivo em outro lugar.</translation>
    </message>
    <message>
      <source>Papo may not write there. Choose another folder.</source>
      <translation>O Papo não pode gravar ali. Escolha outra pasta.</translation>
    </message>
    <message>
      <source>Papo shows this kind of file only in its folder.</source>
      <translation>O Papo mostra este tipo de arquivo só na pasta.</translation>
    </message>
    <message>
      <source>Papo speaks</source>
      <translation>O Papo fala</translation>
    </message>
    <message>
      <source>Papo’s check of the connection: {about}</source>
      <translation>Verificação da conexão pelo Papo: {about}</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>Senha</translation>
    </message>
    <message>
      <source>Password of the room</source>
      <translation>Senha da sala</translation>
    </message>
    <message>
      <source>Password…</source>
      <translation>Senha…</translation>
    </message>
    <message>
      <source>Paste</source>
      <translation>Colar</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Pausar</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>Em pausa</translation>
    </message>
    <message>
      <source>People</source>
      <translation>Pessoas</translation>
    </message>
    <message>
      <source>Perhaps</source>
      <translation>Talvez</translation>
    </message>
    <message>
      <source>Picture</source>
      <translation>Imagem</translation>
    </message>
    <message>
      <source>Picture copied</source>
      <translation>Imagem copiada</translation>
    </message>
    <message>
      <source>Picture {name} from {author}</source>
      <translation>Imagem {name}, de {author}</translation>
    </message>
    <message>
      <source>Pictures</source>
      <translation>Imagens</translation>
    </message>
    <message>
      <source>Pictures (*.png)</source>
      <translation>Imagens (*.png)</translation>
    </message>
    <message>
      <source>Play a sound</source>
      <translation>Tocar um som</translation>
    </message>
    <message>
      <source>Port</source>
      <translation>Porta</translation>
    </message>
    <message>
      <source>Port {asked} is busy, so this room uses {port}. The invite already says so.</source>
      <translation>A porta {asked} está ocupada, então esta sala usa a {port}. O convite já diz isso.</translation>
    </message>
    <message>
      <source>Port {port} · newcomers see the history</source>
      <translation>Porta {port} · quem chega vê o histórico</translation>
    </message>
    <message>
      <source>Port {port} · newcomers see the last {count}</source>
      <translation>Porta {port} · quem chega vê as últimas {count}</translation>
    </message>
    <message>
      <source>Port {port} · newcomers see what follows</source>
      <translation>Porta {port} · quem chega vê o que vier depois</translation>
    </message>
    <message>
      <source>Port {port} · nothing is kept</source>
      <translation>Porta {port} · nada fica guardado</translation>
    </message>
    <message>
      <source>Press Escape, or click, to close.</source>
      <translation>Pressione Esc ou clique para fechar.</translation>
    </message>
    <message>
      <source>Previous or next message</source>
      <translation>Mensagem anterior ou próxima</translation>
    </message>
    <message>
      <source>Previous picture</source>
      <translation>Imagem anterior</translation>
    </message>
    <message>
      <source>Previous room</source>
      <translation>Sala anterior</translation>
    </message>
    <message>
      <source>Previous unread room</source>
      <translation>Sala não lida anterior</translation>
    </message>
    <message>
      <source>Print…</source>
      <translation>Imprimir…</translation>
    </message>
    <message>
      <source>Private message</source>
      <translation>Mensagem privada</translation>
    </message>
    <message>
      <source>Private message to {name}</source>
      <translation>Mensagem privada para {name}</translation>
    </message>
    <message>
      <source>Private messages are included.</source>
      <translation>As mensagens privadas estão incluídas.</translation>
    </message>
    <message>
      <source>Private messages that are still on their way to you can no longer be opened.</source>
      <translation>Mensagens privadas que ainda estão a caminho não podem mais ser abertas.</translation>
    </message>
    <message>
      <source>Private with {name}</source>
      <translation>Em privado com {name}</translation>
    </message>
    <message>
      <source>Problem</source>
      <translation>Problema</translation>
    </message>
    <message>
      <source>Program</source>
      <translation>Programa</translation>
    </message>
    <message>
      <source>Puts the name into what you write, so that they are told.</source>
      <translation>Põe o nome no que você escreve, para que a pessoa seja avisada.</translation>
    </message>
    <message>
      <source>QR code of the invite</source>
      <translation>Código QR do convite</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>Sair</translation>
    </message>
    <message>
      <source>Reach it</source>
      <translation>Chegar até ele</translation>
    </message>
    <message>
      <source>React</source>
      <translation>Reagir</translation>
    </message>
    <message>
      <source>React to the message</source>
      <translation>Reagir à mensagem</translation>
    </message>
    <message>
      <source>React with {emoji}</source>
      <translation>Reagir com {emoji}</translation>
    </message>
    <message>
      <source>Reactions: {list}</source>
      <translation>Reações: {list}</translation>
    </message>
    <message>
      <source>React…</source>
      <translation>Reagir…</translation>
    </message>
    <message>
      <source>Read them to whoever joined without an invite.</source>
      <translation>Leia-as para quem entrou sem convite.</translation>
    </message>
    <message>
      <source>Read these to others, so that they know it is you who writes to them.</source>
      <translation>Leia estas palavras para as outras pessoas, para que saibam que é você quem escreve.</translation>
    </message>
    <message>
      <source>Recent rooms</source>
      <translation>Salas recentes</translation>
    </message>
    <message>
      <source>Reconnecting…</source>
      <translation>Reconectando…</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>Remover</translation>
    </message>
    <message>
      <source>Remove from room…</source>
      <translation>Remover da sala…</translation>
    </message>
    <message>
      <source>Remove somebody for good</source>
      <translation>Remover alguém de vez</translation>
    </message>
    <message>
      <source>Remove somebody from the room</source>
      <translation>Remover alguém da sala</translation>
    </message>
    <message>
      <source>Remove {file}</source>
      <translation>Remover {file}</translation>
    </message>
    <message>
      <source>Remove {name}?</source>
      <translation>Remover {name}?</translation>
    </message>
    <message>
      <source>Removed.</source>
      <translation>Removida.</translation>
    </message>
    <message>
      <source>Replace</source>
      <translation>Substituir</translation>
    </message>
    <message>
      <source>Replace it, or export again under another name.</source>
      <translation>Substitua-o, ou exporte de novo com outro nome.</translation>
    </message>
    <message>
      <source>Replace it, or save under another name.</source>
      <translation>Substitua ou salve com outro nome.</translation>
    </message>
    <message>
      <source>Reply</source>
      <translation>Responder</translation>
    </message>
    <message>
      <source>Reply to the message</source>
      <translation>Responder à mensagem</translation>
    </message>
    <message>
      <source>Reset my identity</source>
      <translation>Trocar minha identidade</translation>
    </message>
    <message>
      <source>Reset my identity…</source>
      <translation>Trocar minha identidade…</translation>
    </message>
    <message>
      <source>Reset your identity?</source>
      <translation>Trocar sua identidade?</translation>
    </message>
    <message>
      <source>Review</source>
      <translation>Conferir</translation>
    </message>
    <message>
      <source>Review {room}</source>
      <translation>Conferir {room}</translation>
    </message>
    <message>
      <source>Right-click hands and people for other skin tones.</source>
      <translation>Clique com o botão direito em mãos e pessoas para ver outros tons de pele.</translation>
    </message>
    <message>
      <source>Room</source>
      <translation>Sala</translation>
    </message>
    <message>
      <source>Room fingerprint</source>
      <translation>Impressão digital da sala</translation>
    </message>
    <message>
      <source>Room name</source>
      <translation>Nome da sala</translation>
    </message>
    <message>
      <source>Room password</source>
      <translation>Senha da sala</translation>
    </message>
    <message>
      <source>Room, person or command</source>
      <translation>Sala, pessoa ou comando</translation>
    </message>
    <message>
      <source>Rooms</source>
      <translation>Salas</translation>
    </message>
    <message>
      <source>Rooms know this computer by a secret key, not by your nickname. So nobody else can come back as you.</source>
      <translation>As salas reconhecem este computador por uma chave secreta, não pelo seu apelido. Assim ninguém mais pode voltar como se fosse você.</translation>
    </message>
    <message>
      <source>Rooms nearby</source>
      <translation>Salas por perto</translation>
    </message>
    <message>
      <source>Rooms that you have been in</source>
      <translation>Salas em que você esteve</translation>
    </message>
    <message>
      <source>Rooms that you host keep their history for everybody besides: {size} in all.</source>
      <translation>As salas que você hospeda guardam, à parte, o histórico para todos: {size} ao todo.</translation>
    </message>
    <message>
      <source>Rooms with a password ask you for it again.</source>
      <translation>Salas com senha pedem a senha de novo.</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Salvar</translation>
    </message>
    <message>
      <source>Save (Enter)</source>
      <translation>Salvar (Enter)</translation>
    </message>
    <message>
      <source>Save QR as picture</source>
      <translation>Salvar QR como imagem</translation>
    </message>
    <message>
      <source>Save QR as picture…</source>
      <translation>Salvar QR como imagem…</translation>
    </message>
    <message>
      <source>Save as…</source>
      <translation>Salvar como…</translation>
    </message>
    <message>
      <source>Save file</source>
      <translation>Salvar arquivo</translation>
    </message>
    <message>
      <source>Save this room as a file</source>
      <translation>Salvar esta sala em um arquivo</translation>
    </message>
    <message numerus="yes">
      <source>Saved %n message(s).</source>
      <translation>
        <numerusform>%n mensagem salva.</numerusform>
        <numerusform>%n mensagens salvas.</numerusform>
      </translation>
    </message>
    <message>
      <source>Saved as {file}.</source>
      <translation>Salvo como {file}.</translation>
    </message>
    <message>
      <source>Say what this room is about</source>
      <translation>Dizer qual é o assunto desta sala</translation>
    </message>
    <message>
      <source>Scan the code, or type the address into a browser. Or join with Papo.</source>
      <translation>Leia o código, ou digite o endereço em um navegador. Ou entre com o Papo.</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>Buscar</translation>
    </message>
    <message>
      <source>Search by name or sender</source>
      <translation>Buscar por nome ou remetente</translation>
    </message>
    <message>
      <source>Search emoji</source>
      <translation>Buscar emoji</translation>
    </message>
    <message>
      <source>Search in this room</source>
      <translation>Buscar nesta sala</translation>
    </message>
    <message>
      <source>Search results</source>
      <translation>Resultados da busca</translation>
    </message>
    <message>
      <source>Searched on this computer only</source>
      <translation>Busca feita só neste computador</translation>
    </message>
    <message>
      <source>Searching…</source>
      <translation>Buscando…</translation>
    </message>
    <message>
      <source>See papo --help.</source>
      <translation>Veja papo --help.</translation>
    </message>
    <message>
      <source>Seen before</source>
      <translation>Já conhecida</translation>
    </message>
    <message>
      <source>Select messages</source>
      <translation>Selecionar mensagens</translation>
    </message>
    <message>
      <source>Select several messages</source>
      <translation>Selecionar várias mensagens</translation>
    </message>
    <message>
      <source>Select text…</source>
      <translation>Selecionar texto…</translation>
    </message>
    <message>
      <source>Selected messages</source>
      <translation>Mensagens selecionadas</translation>
    </message>
    <message>
      <source>Send</source>
      <translation>Enviar</translation>
    </message>
    <message numerus="yes">
      <source>Send %n file(s) to {room}</source>
      <translation>
        <numerusform>Enviar %n arquivo para {room}</numerusform>
        <numerusform>Enviar %n arquivos para {room}</numerusform>
      </translation>
    </message>
    <message>
      <source>Send (Enter)</source>
      <translation>Enviar (Enter)</translation>
    </message>
    <message>
      <source>Send a test</source>
      <translation>Enviar um teste</translation>
    </message>
    <message numerus="yes">
      <source>Send as %n message(s)</source>
      <translation>
        <numerusform>Enviar como %n mensagem</numerusform>
        <numerusform>Enviar como %n mensagens</numerusform>
      </translation>
    </message>
    <message>
      <source>Send as a text file</source>
      <translation>Enviar como arquivo de texto</translation>
    </message>
    <message>
      <source>Send nothing</source>
      <translation>Não enviar</translation>
    </message>
    <message>
      <source>Send nothing, and lose what you chose?</source>
      <translation>Não enviar nada e perder o que você escolheu?</translation>
    </message>
    <message>
      <source>Send nothing, and lose what you wrote?</source>
      <translation>Não enviar nada e perder o que você escreveu?</translation>
    </message>
    <message>
      <source>Send privately</source>
      <translation>Enviar em privado</translation>
    </message>
    <message>
      <source>Send privately (Enter)</source>
      <translation>Enviar em privado (Enter)</translation>
    </message>
    <message>
      <source>Send “{folder}” to {room} as one archive</source>
      <translation>Enviar “{folder}” para {room} em um só arquivo compactado</translation>
    </message>
    <message>
      <source>Sent, waits for its message</source>
      <translation>Enviado, espera a mensagem</translation>
    </message>
    <message>
      <source>Sent. If you saw nothing, look whether your desktop is set to be quiet.</source>
      <translation>Enviada. Se você não viu nada, veja se o seu sistema está em modo silencioso.</translation>
    </message>
    <message>
      <source>Set password</source>
      <translation>Definir senha</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Configurações</translation>
    </message>
    <message>
      <source>Settings – Papo</source>
      <translation>Configurações – Papo</translation>
    </message>
    <message>
      <source>Several people are typing…</source>
      <translation>Várias pessoas estão digitando…</translation>
    </message>
    <message>
      <source>Shift and the arrow keys select, Ctrl+C copies.</source>
      <translation>Shift e as setas selecionam, Ctrl+C copia.</translation>
    </message>
    <message>
      <source>Short passwords are easy to guess. A few words are better.</source>
      <translation>Senhas curtas são fáceis de adivinhar. Algumas palavras são melhores.</translation>
    </message>
    <message>
      <source>Show all commands</source>
      <translation>Mostrar todos os comandos</translation>
    </message>
    <message>
      <source>Show in folder</source>
      <translation>Mostrar na pasta</translation>
    </message>
    <message>
      <source>Show me as available</source>
      <translation>Aparecer como disponível</translation>
    </message>
    <message>
      <source>Show me as away</source>
      <translation>Aparecer como ausente</translation>
    </message>
    <message>
      <source>Show me as away by itself</source>
      <translation>Mostrar ausência automaticamente</translation>
    </message>
    <message>
      <source>Show members</source>
      <translation>Mostrar pessoas</translation>
    </message>
    <message>
      <source>Show or reset…</source>
      <translation>Ver ou trocar…</translation>
    </message>
    <message>
      <source>Show that you are away</source>
      <translation>Mostrar que você está ausente</translation>
    </message>
    <message>
      <source>Show that you are back</source>
      <translation>Mostrar que você voltou</translation>
    </message>
    <message>
      <source>Show the password</source>
      <translation>Mostrar a senha</translation>
    </message>
    <message>
      <source>Show them</source>
      <translation>Mostrar</translation>
    </message>
    <message>
      <source>Show what was said</source>
      <translation>Mostrar o que foi dito</translation>
    </message>
    <message>
      <source>Shown beside Papo’s icon in the tray.</source>
      <translation>Mostrada junto ao ícone do Papo na bandeja.</translation>
    </message>
    <message>
      <source>Skin tone: {tone}</source>
      <translation>Tom de pele: {tone}</translation>
    </message>
    <message>
      <source>Skin tones</source>
      <translation>Tons de pele</translation>
    </message>
    <message>
      <source>Slides</source>
      <translation>Apresentação</translation>
    </message>
    <message>
      <source>Smaller text</source>
      <translation>Texto menor</translation>
    </message>
    <message>
      <source>Smileys and feelings</source>
      <translation>Carinhas e sentimentos</translation>
    </message>
    <message>
      <source>Some Wi-Fi networks, those for guests above all, keep their devices apart. That cannot be seen from here: if nobody gets in, try another Wi-Fi, a cable or a phone’s hotspot.</source>
      <translation>Algumas redes Wi-Fi, sobretudo as de visitantes, isolam os dispositivos. Daqui não dá para ver isso: se ninguém conseguir entrar, tente outro Wi-Fi, um cabo ou o celular como roteador.</translation>
    </message>
    <message>
      <source>Some messages are missing here.</source>
      <translation>Faltam algumas mensagens aqui.</translation>
    </message>
    <message>
      <source>Somebody</source>
      <translation>Alguém</translation>
    </message>
    <message>
      <source>Something answers at {address}, but it is not a Papo room. Check the port.</source>
      <translation>Algo responde em {address}, mas não é uma sala do Papo. Confira a porta.</translation>
    </message>
    <message>
      <source>Something came out of turn. Join again; if it stays, update Papo on both computers.</source>
      <translation>Algo chegou fora de ordem. Entre de novo; se continuar, atualize o Papo nos dois computadores.</translation>
    </message>
    <message>
      <source>Something is in the way. What is marked as a problem says what to do.</source>
      <translation>Algo está impedindo a conexão. O que está marcado como problema diz o que fazer.</translation>
    </message>
    <message>
      <source>Something is missing. Write it like this: {usage}</source>
      <translation>Falta algo. Escreva assim: {usage}</translation>
    </message>
    <message>
      <source>Something takes the connection at {address} and says nothing. It may be another program: check the port. Or the host’s Papo hangs: ask for it to be started again.</source>
      <translation>Algo aceita a conexão em {address} e não diz nada. Pode ser outro programa: confira a porta. Ou o Papo de quem hospeda travou: peça para abri-lo de novo.</translation>
    </message>
    <message>
      <source>Sound</source>
      <translation>Áudio</translation>
    </message>
    <message>
      <source>Sound and text</source>
      <translation>Som e texto</translation>
    </message>
    <message>
      <source>Space for files</source>
      <translation>Espaço para arquivos</translation>
    </message>
    <message>
      <source>Space for files…</source>
      <translation>Espaço para arquivos…</translation>
    </message>
    <message>
      <source>Spreadsheet</source>
      <translation>Planilha</translation>
    </message>
    <message>
      <source>Start a chat on this network</source>
      <translation>Comece uma conversa nesta rede</translation>
    </message>
    <message>
      <source>Stopped. The same command goes on from here.</source>
      <translation>Interrompido. O mesmo comando continua daqui.</translation>
    </message>
    <message>
      <source>Strike through, for what is selected</source>
      <translation>Riscar o que está selecionado</translation>
    </message>
    <message>
      <source>Suggestions</source>
      <translation>Sugestões</translation>
    </message>
    <message>
      <source>Symbols</source>
      <translation>Símbolos</translation>
    </message>
    <message>
      <source>System</source>
      <translation>Sistema</translation>
    </message>
    <message>
      <source>System ({language})</source>
      <translation>Sistema ({language})</translation>
    </message>
    <message>
      <source>TEXT</source>
      <translation>TEXTO</translation>
    </message>
    <message>
      <source>Take back moderator</source>
      <translation>Tirar da moderação</translation>
    </message>
    <message>
      <source>Take it away</source>
      <translation>Retirar</translation>
    </message>
    <message>
      <source>Take the password away</source>
      <translation>Retirar a senha</translation>
    </message>
    <message>
      <source>Tell me of</source>
      <translation>Avise-me de</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>Texto</translation>
    </message>
    <message>
      <source>Text guest</source>
      <translation>Visitante por texto</translation>
    </message>
    <message>
      <source>Text guests</source>
      <translation>Visitantes por texto</translation>
    </message>
    <message>
      <source>Text of the message</source>
      <translation>Texto da mensagem</translation>
    </message>
    <message>
      <source>Text size</source>
      <translation>Tamanho do texto</translation>
    </message>
    <message>
      <source>That could not be changed ({reason}).</source>
      <translation>Não foi possível mudar isso ({reason}).</translation>
    </message>
    <message>
      <source>That did not work. Try again, or ask the host to update Papo.</source>
      <translation>Não deu certo. Tente de novo ou peça a quem hospeda para atualizar o Papo.</translation>
    </message>
    <message>
      <source>That folder is not there any more. Choose another one.</source>
      <translation>Essa pasta não existe mais. Escolha outra.</translation>
    </message>
    <message>
      <source>That is no file that can be sent. Remove it.</source>
      <translation>Isso não é um arquivo que se possa enviar. Remova.</translation>
    </message>
    <message>
      <source>That is not this room’s password. Check it, then type it again.</source>
      <translation>Essa não é a senha desta sala. Confira e digite de novo.</translation>
    </message>
    <message>
      <source>That is too long for a caption. Send it as a message of its own.</source>
      <translation>Isso é longo demais para uma legenda. Envie em uma mensagem à parte.</translation>
    </message>
    <message>
      <source>That message is not in this room any more.</source>
      <translation>Essa mensagem não está mais nesta sala.</translation>
    </message>
    <message>
      <source>That message is too far back to be shown from here.</source>
      <translation>Essa mensagem é antiga demais para ser mostrada daqui.</translation>
    </message>
    <message>
      <source>That name has signs that a room’s name cannot have. Choose another name.</source>
      <translation>Esse nome tem caracteres que não podem ser usados. Escolha outro nome.</translation>
    </message>
    <message numerus="yes">
      <source>That name is too long. Choose one of at most %n character(s).</source>
      <translation>
        <numerusform>Esse nome é longo demais. Escolha um com até %n caractere.</numerusform>
        <numerusform>Esse nome é longo demais. Escolha um com até %n caracteres.</numerusform>
      </translation>
    </message>
    <message>
      <source>That nickname has signs that a nickname cannot have. Choose another nickname.</source>
      <translation>Esse apelido tem caracteres que não podem ser usados. Escolha outro apelido.</translation>
    </message>
    <message>
      <source>That nickname is taken in this room. Choose another nickname.</source>
      <translation>Esse apelido já está em uso nesta sala. Escolha outro apelido.</translation>
    </message>
    <message numerus="yes">
      <source>That nickname is too long. Choose one of at most %n character(s).</source>
      <translation>
        <numerusform>Esse apelido é longo demais. Escolha um com até %n caractere.</numerusform>
        <numerusform>Esse apelido é longo demais. Escolha um com até %n caracteres.</numerusform>
      </translation>
    </message>
    <message>
      <source>That password has signs that a password cannot have. Use letters and digits.</source>
      <translation>Essa senha tem sinais que uma senha não pode ter. Use letras e números.</translation>
    </message>
    <message>
      <source>That person is not in the room any more.</source>
      <translation>Essa pessoa não está mais na sala.</translation>
    </message>
    <message>
      <source>That picture was deleted.</source>
      <translation>Essa imagem foi apagada.</translation>
    </message>
    <message>
      <source>That was too much at once for this room. Send it in smaller parts.</source>
      <translation>Foi muita coisa de uma vez para esta sala. Envie em partes menores.</translation>
    </message>
    <message>
      <source>That would not make them smaller. They go as they are.</source>
      <translation>Isso não as deixaria menores. Elas vão como estão.</translation>
    </message>
    <message>
      <source>The QR code leads there. Nothing to install; others on the network could read along.</source>
      <translation>O código QR leva até lá. Não é preciso instalar nada; outros na rede podem ler a conversa.</translation>
    </message>
    <message>
      <source>The chat goes on.</source>
      <translation>A conversa continua.</translation>
    </message>
    <message>
      <source>The computer at {address} did not ask for the password, so it may not be the room you mean. Your nickname was not sent. Ask for an invite, or try again and compare the words.</source>
      <translation>O computador em {address} não pediu a senha, então talvez não seja a sala que você procura. Seu apelido não foi enviado. Peça um convite, ou tente de novo e compare as palavras.</translation>
    </message>
    <message>
      <source>The computer at {address} is there, but no room is open on that port. Ask whether the room is open, and check the port.</source>
      <translation>O computador em {address} responde, mas não há sala aberta nessa porta. Pergunte se a sala está aberta e confira a porta.</translation>
    </message>
    <message>
      <source>The computer is there, but nothing is open at port {port}. Ask whether the room is open, and whether its address ends in another port.</source>
      <translation>O computador responde, mas não há nada aberto na porta {port}. Pergunte se a sala está aberta e se o endereço termina com outra porta.</translation>
    </message>
    <message>
      <source>The connection broke. Try again.</source>
      <translation>A conexão caiu. Tente de novo.</translation>
    </message>
    <message>
      <source>The connection is encrypted, but nobody has vouched for the computer at {address} yet. Ask the host to read these words to you. Nothing that you typed was sent so far.</source>
      <translation>A conexão é criptografada, mas ninguém confirmou ainda de quem é o computador em {address}. Peça a quem hospeda para ler estas palavras para você. Nada do que você digitou foi enviado até agora.</translation>
    </message>
    <message>
      <source>The connection is encrypted, but nobody vouched that this is really the host.</source>
      <translation>A conexão é criptografada, mas ninguém garantiu que quem hospeda é mesmo quem você espera.</translation>
    </message>
    <message>
      <source>The connection to {host}’s computer broke. Try again.</source>
      <translation>A conexão com o computador de {host} caiu. Tente de novo.</translation>
    </message>
    <message>
      <source>The disk of the host’s computer is full. Ask for some space to be freed.</source>
      <translation>O disco do computador que hospeda está cheio. Peça para liberar espaço.</translation>
    </message>
    <message>
      <source>The disk of this computer is full. Free some space, then try again.</source>
      <translation>O disco deste computador está cheio. Libere espaço e tente de novo.</translation>
    </message>
    <message>
      <source>The file is larger than this room takes. Send a smaller one, or ask the host.</source>
      <translation>O arquivo é maior do que esta sala aceita. Envie um menor ou fale com quem hospeda.</translation>
    </message>
    <message>
      <source>The file is no longer where it was on this computer. Choose it again.</source>
      <translation>O arquivo não está mais onde estava neste computador. Escolha-o de novo.</translation>
    </message>
    <message>
      <source>The file is no longer where it was saved. Download it again.</source>
      <translation>O arquivo não está mais onde foi salvo. Baixe de novo.</translation>
    </message>
    <message>
      <source>The file was changed after you chose it. Send it again.</source>
      <translation>O arquivo mudou depois que você o escolheu. Envie de novo.</translation>
    </message>
    <message>
      <source>The files are not in this page, only the small pictures that were on the computer, {size} of them at most.</source>
      <translation>Os arquivos não estão nesta página, só as imagens pequenas que estavam no computador, no máximo {size} delas.</translation>
    </message>
    <message>
      <source>The fingerprint changed</source>
      <translation>A impressão digital mudou</translation>
    </message>
    <message>
      <source>The fingerprint is shown once the room is connected.</source>
      <translation>A impressão digital aparece quando a sala conectar.</translation>
    </message>
    <message>
      <source>The firewall of macOS is off.</source>
      <translation>O firewall do macOS está desligado.</translation>
    </message>
    <message>
      <source>The firewall of macOS is on. Open System Settings &gt; Network &gt; Firewall &gt; Options, add Papo and let it take incoming connections.</source>
      <translation>O firewall do macOS está ligado. Abra Ajustes do Sistema &gt; Rede &gt; Firewall &gt; Opções, adicione o Papo e permita conexões de entrada.</translation>
    </message>
    <message>
      <source>The folder could not be shown on this computer.</source>
      <translation>Não foi possível mostrar a pasta neste computador.</translation>
    </message>
    <message>
      <source>The history is all, joined, none, or a number of messages.</source>
      <translation>O histórico é all, joined, none ou um número de mensagens.</translation>
    </message>
    <message>
      <source>The host at {address} was never met before. Join with its invite, or add --accept-new.</source>
      <translation>A sala em {address} ainda não é conhecida. Entre com o convite dela ou acrescente --accept-new.</translation>
    </message>
    <message>
      <source>The host began this room’s history anew</source>
      <translation>Quem hospeda recomeçou o histórico desta sala</translation>
    </message>
    <message>
      <source>The host carries it and cannot read it; the host sees who writes to whom and when.</source>
      <translation>Quem hospeda entrega a mensagem e não consegue ler; só vê quem escreve para quem e quando.</translation>
    </message>
    <message>
      <source>The host closed this room</source>
      <translation>Quem hospeda fechou esta sala</translation>
    </message>
    <message>
      <source>The host closed this room, so nobody can join it now.</source>
      <translation>Quem hospedava fechou esta sala, então ninguém pode entrar agora.</translation>
    </message>
    <message>
      <source>The host closed this room. You can still read and copy what was said.</source>
      <translation>Quem hospeda fechou esta sala. Você ainda pode ler e copiar o que foi dito.</translation>
    </message>
    <message>
      <source>The host did not give the older messages in time. Try again later.</source>
      <translation>O anfitrião não entregou as mensagens mais antigas a tempo. Tente de novo mais tarde.</translation>
    </message>
    <message>
      <source>The host does not have this file any more. Ask whoever sent it to send it again.</source>
      <translation>Quem hospeda não tem mais este arquivo. Peça a quem o enviou que envie de novo.</translation>
    </message>
    <message>
      <source>The host does not have this file any more. Try again to send it anew.</source>
      <translation>Quem hospeda não tem mais este arquivo. Tente de novo para enviá-lo outra vez.</translation>
    </message>
    <message>
      <source>The host proved that it knows the room’s password, without either side sending it.</source>
      <translation>Quem hospeda provou que conhece a senha da sala, sem que nenhum dos lados a enviasse.</translation>
    </message>
    <message>
      <source>The invite carried this fingerprint: this is the room you were invited to.</source>
      <translation>O convite trouxe esta impressão digital: esta é a sala para a qual convidaram você.</translation>
    </message>
    <message>
      <source>The invite link comes with the connection.</source>
      <translation>O link de convite chega com a conexão.</translation>
    </message>
    <message numerus="yes">
      <source>The last %n message(s)</source>
      <translation>
        <numerusform>A última mensagem</numerusform>
        <numerusform>As últimas %n mensagens</numerusform>
      </translation>
    </message>
    <message>
      <source>The last messages, this many:</source>
      <translation>Só as últimas mensagens:</translation>
    </message>
    <message numerus="yes">
      <source>The location is removed from %n picture(s).</source>
      <translation>
        <numerusform>A localização é removida de %n imagem.</numerusform>
        <numerusform>A localização é removida de %n imagens.</numerusform>
      </translation>
    </message>
    <message>
      <source>The message that you were editing was deleted.</source>
      <translation>A mensagem que você estava editando foi apagada.</translation>
    </message>
    <message>
      <source>The message was deleted.</source>
      <translation>A mensagem foi apagada.</translation>
    </message>
    <message>
      <source>The message was deleted. Your text is a new message now: send it, or leave it.</source>
      <translation>A mensagem foi apagada. Seu texto agora é uma mensagem nova: envie ou deixe.</translation>
    </message>
    <message>
      <source>The old key is kept in a file beside the new one. Rooms that you host stay yours.</source>
      <translation>A chave antiga fica guardada em um arquivo ao lado da nova. As salas que você hospeda continuam suas.</translation>
    </message>
    <message>
      <source>The password file {path} cannot be read: {error}</source>
      <translation>O arquivo de senha {path} não pôde ser lido: {error}</translation>
    </message>
    <message>
      <source>The password file {path} is empty, so this room asks for no password.</source>
      <translation>O arquivo de senha {path} está vazio, então esta sala não pede senha.</translation>
    </message>
    <message>
      <source>The password file {path} is empty. Write the password into it.</source>
      <translation>O arquivo de senha {path} está vazio. Escreva a senha nele.</translation>
    </message>
    <message>
      <source>The password file {path} is not text in UTF-8. Write it anew.</source>
      <translation>O arquivo de senha {path} não é texto em UTF-8. Escreva-o de novo.</translation>
    </message>
    <message>
      <source>The picture could not be saved ({reason}). Choose another folder.</source>
      <translation>Não foi possível salvar a imagem ({reason}). Escolha outra pasta.</translation>
    </message>
    <message>
      <source>The right password checks the host for you.</source>
      <translation>Com a senha certa, a sala é verificada.</translation>
    </message>
    <message>
      <source>The room answers at {address}. This was asked from this computer; only another one can try the whole way.</source>
      <translation>A sala responde em {address}. A pergunta partiu deste computador; só outro pode testar o caminho inteiro.</translation>
    </message>
    <message>
      <source>The room could not check this computer’s key. Join again.</source>
      <translation>A sala não conseguiu conferir a chave deste computador. Entre de novo.</translation>
    </message>
    <message>
      <source>The room does not answer at {address}. Tell others another address.</source>
      <translation>A sala não responde em {address}. Passe outro endereço aos outros.</translation>
    </message>
    <message>
      <source>The room has a password</source>
      <translation>A sala tem senha</translation>
    </message>
    <message>
      <source>The room heard nothing from this computer for too long. Try again.</source>
      <translation>A sala ficou tempo demais sem sinal deste computador. Tente de novo.</translation>
    </message>
    <message>
      <source>The room hung up. Try again in a moment.</source>
      <translation>A sala desligou. Tente de novo daqui a pouco.</translation>
    </message>
    <message>
      <source>The room is open for this computer alone ({address}). Host without that address to let others in.</source>
      <translation>A sala está aberta só para este computador ({address}). Hospede sem esse endereço para que outros entrem.</translation>
    </message>
    <message>
      <source>The room stays open; until you join it again, nothing is kept.</source>
      <translation>A sala continua aberta; até você entrar nela de novo, nada é guardado.</translation>
    </message>
    <message>
      <source>The room took the connection and then said nothing. Ask for it to be opened again.</source>
      <translation>A sala aceitou a conexão e depois não disse nada. Peça para abri-la de novo.</translation>
    </message>
    <message>
      <source>The secret key by which rooms know this computer.</source>
      <translation>A chave secreta pela qual as salas reconhecem este computador.</translation>
    </message>
    <message>
      <source>The text is too long for a message, so it goes as a text file.</source>
      <translation>O texto é longo demais para uma mensagem, então vai como arquivo de texto.</translation>
    </message>
    <message>
      <source>The transcript could not be saved ({reason}). Choose another folder.</source>
      <translation>Não foi possível salvar a conversa ({reason}). Escolha outra pasta.</translation>
    </message>
    <message>
      <source>The transfer broke off. Try again.</source>
      <translation>A transferência foi interrompida. Tente de novo.</translation>
    </message>
    <message>
      <source>The two programs did not understand each other. Update Papo on both computers.</source>
      <translation>Os dois programas não se entenderam. Atualize o Papo nos dois computadores.</translation>
    </message>
    <message>
      <source>The way to the room is free.</source>
      <translation>O caminho até a sala está livre.</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>Tema</translation>
    </message>
    <message>
      <source>There is no address in this text. It looks like 192.168.1.20 or 192.168.1.20:9090, and an invite begins with papo://</source>
      <translation>Não há endereço neste texto. Um endereço se parece com 192.168.1.20 ou 192.168.1.20:9090, e um convite começa com papo://</translation>
    </message>
    <message>
      <source>There is no command “/{command}”. To send a line that begins with /, type //.</source>
      <translation>O comando “/{command}” não existe. Para enviar uma linha que começa com /, digite //.</translation>
    </message>
    <message>
      <source>There is no connection now. Try again when you are back in the room.</source>
      <translation>Não há conexão agora. Tente de novo quando você voltar à sala.</translation>
    </message>
    <message>
      <source>There is no connection to the host, which has the older messages. Try again when you are back, or export what is on this computer.</source>
      <translation>Não há conexão com o anfitrião, que tem as mensagens mais antigas. Tente de novo quando voltar, ou exporte o que está neste computador.</translation>
    </message>
    <message>
      <source>There is no file in this folder. Remove it.</source>
      <translation>Não há nenhum arquivo nesta pasta. Remova.</translation>
    </message>
    <message>
      <source>There is no file “{name}” in this room.</source>
      <translation>Não há nenhum arquivo “{name}” nesta sala.</translation>
    </message>
    <message>
      <source>There is not enough room on the disk. Make some, or choose another place.</source>
      <translation>Não há espaço suficiente no disco. Libere espaço ou escolha outro lugar.</translation>
    </message>
    <message>
      <source>There is nothing to share yet. The invite comes with the connection.</source>
      <translation>Ainda não há nada para compartilhar. O convite chega com a conexão.</translation>
    </message>
    <message>
      <source>They can then be read by whoever has the file.</source>
      <translation>Quem tiver o arquivo poderá lê-las.</translation>
    </message>
    <message>
      <source>They get a page from this computer, by the address or the QR code of the invite. Where they do not ask for https, anybody on the network can read along.</source>
      <translation>Eles recebem uma página deste computador, pelo endereço ou pelo código QR do convite. Onde não pedem https, qualquer pessoa na rede pode ler a conversa.</translation>
    </message>
    <message>
      <source>They get a page from this computer. The QR code leads to it then.</source>
      <translation>Eles recebem uma página deste computador. O código QR passa a levar a ela.</translation>
    </message>
    <message>
      <source>They join over your network. Nothing goes through the internet.</source>
      <translation>Elas entram pela sua rede. Nada passa pela internet.</translation>
    </message>
    <message>
      <source>They see its name, your nickname and how many are in it.</source>
      <translation>Elas veem o nome da sala, seu apelido e quantas pessoas estão nela.</translation>
    </message>
    <message>
      <source>They type: {command}</source>
      <translation>Eles digitam: {command}</translation>
    </message>
    <message>
      <source>This address works on this computer only. Connect it to a network to invite others.</source>
      <translation>Este endereço só funciona neste computador. Conecte-o a uma rede para convidar outras pessoas.</translation>
    </message>
    <message>
      <source>This computer does not let Papo look for rooms. Join with an address or an invite, or allow UDP port 5353 in its firewall.</source>
      <translation>Este computador não deixa o Papo procurar salas. Entre com um endereço ou um convite, ou libere a porta UDP 5353 no firewall.</translation>
    </message>
    <message>
      <source>This computer does not let Papo read it. Remove it.</source>
      <translation>Este computador não deixa o Papo ler isso. Remova.</translation>
    </message>
    <message>
      <source>This computer does not let Papo read the file. Check its permissions.</source>
      <translation>Este computador não deixa o Papo ler o arquivo. Confira as permissões dele.</translation>
    </message>
    <message>
      <source>This computer fell behind. Papo joins again and fetches what is missing.</source>
      <translation>Este computador ficou para trás. O Papo entra de novo e busca o que falta.</translation>
    </message>
    <message>
      <source>This computer gets a new key, and is somebody new to every room:</source>
      <translation>Este computador recebe uma nova chave e passa a ser outra pessoa em todas as salas:</translation>
    </message>
    <message>
      <source>This computer got no address from a router. Two computers on one cable can still meet; for more, connect to a router or Wi-Fi.</source>
      <translation>Este computador não recebeu endereço de um roteador. Dois computadores no mesmo cabo ainda se encontram; para mais, conecte-se a um roteador ou Wi-Fi.</translation>
    </message>
    <message>
      <source>This computer is in no network. Connect to the Wi-Fi or plug in the cable.</source>
      <translation>Este computador não está em nenhuma rede. Conecte-se ao Wi-Fi ou ligue o cabo.</translation>
    </message>
    <message>
      <source>This computer is on no network. Connect it to find rooms nearby.</source>
      <translation>Este computador não está em nenhuma rede. Conecte-o para encontrar salas por perto.</translation>
    </message>
    <message>
      <source>This computer let Papo open no connection. A security program may forbid it: allow Papo there.</source>
      <translation>Este computador não deixou o Papo abrir conexões. Um programa de segurança pode estar proibindo: libere o Papo nele.</translation>
    </message>
    <message>
      <source>This computer, for others who join</source>
      <translation>Este computador, para quem vai entrar</translation>
    </message>
    <message>
      <source>This computer’s disk is full, so this room is not kept here for now.</source>
      <translation>O disco deste computador está cheio, então esta sala não é guardada aqui por enquanto.</translation>
    </message>
    <message>
      <source>This computer’s disk is full. Free some space, then send again.</source>
      <translation>O disco deste computador está cheio. Libere espaço e envie de novo.</translation>
    </message>
    <message>
      <source>This desktop has no place for notifications. Papo marks its window in the task bar instead.</source>
      <translation>Este sistema não tem lugar para notificações. Em vez disso, o Papo destaca a janela na barra de tarefas.</translation>
    </message>
    <message>
      <source>This host did not ask for the password</source>
      <translation>Esta sala não pediu a senha</translation>
    </message>
    <message>
      <source>This invite is not whole. Copy all of it and paste it again.</source>
      <translation>Este convite está incompleto. Copie tudo e cole de novo.</translation>
    </message>
    <message>
      <source>This is how Papo calls you.</source>
      <translation>É assim que o Papo chama você.</translation>
    </message>
    <message>
      <source>This is not an address. It looks like 192.168.1.20 or the computer’s name.</source>
      <translation>Isto não é um endereço. Ele se parece com 192.168.1.20 ou com o nome do computador.</translation>
    </message>
    <message>
      <source>This is you</source>
      <translation>É você</translation>
    </message>
    <message>
      <source>This link does not lead where it says. It leads to:</source>
      <translation>Este link não leva aonde diz. Ele leva a:</translation>
    </message>
    <message>
      <source>This link is not an invite. Invites begin with papo://</source>
      <translation>Este link não é um convite. Convites começam com papo://</translation>
    </message>
    <message>
      <source>This may not be the same room</source>
      <translation>Talvez esta não seja a mesma sala</translation>
    </message>
    <message>
      <source>This message has as many different emoji as it can have. Choose one of those.</source>
      <translation>Esta mensagem já tem todos os emojis diferentes que pode ter. Escolha um deles.</translation>
    </message>
    <message>
      <source>This message was changed after it was sent.</source>
      <translation>Esta mensagem foi alterada depois do envio.</translation>
    </message>
    <message>
      <source>This picture cannot be shown here. Save it to look at it with another program.</source>
      <translation>Não dá para mostrar esta imagem aqui. Salve-a para ver com outro programa.</translation>
    </message>
    <message>
      <source>This private message cannot be opened here. Ask for it to be sent again.</source>
      <translation>Esta mensagem privada não pode ser aberta aqui. Peça que seja enviada de novo.</translation>
    </message>
    <message>
      <source>This room asks for its password</source>
      <translation>Esta sala pede a senha</translation>
    </message>
    <message>
      <source>This room asks for its password. Put it into a file, and add --password-file.</source>
      <translation>Esta sala pede a senha. Coloque-a em um arquivo e acrescente --password-file.</translation>
    </message>
    <message>
      <source>This room asks for its password. Type it on a line of its own. Others on the network could read it.</source>
      <translation>Esta sala pede a senha. Digite-a sozinha em uma linha. Outros na rede poderiam lê-la.</translation>
    </message>
    <message>
      <source>This room has a password.</source>
      <translation>Esta sala tem senha.</translation>
    </message>
    <message>
      <source>This room has no space left for files. Ask the host to delete some.</source>
      <translation>Esta sala não tem mais espaço para arquivos. Peça a quem hospeda para apagar alguns.</translation>
    </message>
    <message>
      <source>This room is already open in another Papo on this computer. Close it there first, or choose another name.</source>
      <translation>Esta sala já está aberta em outro Papo neste computador. Feche lá primeiro ou escolha outro nome.</translation>
    </message>
    <message>
      <source>This room is closed. Host it again to invite people.</source>
      <translation>Esta sala está fechada. Hospede a sala de novo para convidar pessoas.</translation>
    </message>
    <message>
      <source>This room is full. Try again when somebody has left.</source>
      <translation>Esta sala está cheia. Tente de novo quando alguém sair.</translation>
    </message>
    <message>
      <source>This room is in use now. Leave it, then try again.</source>
      <translation>Esta sala está em uso agora. Saia dela e tente de novo.</translation>
    </message>
    <message>
      <source>This room is locked, so nobody new gets in. Ask its host to unlock it.</source>
      <translation>Esta sala está trancada, então ninguém novo entra. Peça a quem hospeda para destrancar.</translation>
    </message>
    <message>
      <source>This room is new to you, and nobody vouched for it. Use an invite, or accept new rooms.</source>
      <translation>Esta sala é nova para você e ninguém a confirmou. Use um convite ou aceite salas novas.</translation>
    </message>
    <message>
      <source>This room keeps no history. You see what is said from now on.</source>
      <translation>Esta sala não guarda histórico. Você vê o que for dito daqui em diante.</translation>
    </message>
    <message>
      <source>This room lets no guests in this way. Ask its host to, or join with Papo.</source>
      <translation>Esta sala não deixa entrar visitantes assim. Peça a quem a hospeda, ou entre com o Papo.</translation>
    </message>
    <message>
      <source>This room runs a newer Papo. Update yours to join.</source>
      <translation>Esta sala usa um Papo mais novo. Atualize o seu para entrar.</translation>
    </message>
    <message>
      <source>This room runs an older Papo. Ask its host to update.</source>
      <translation>Esta sala usa um Papo mais antigo. Peça a quem hospeda para atualizar.</translation>
    </message>
    <message>
      <source>This room takes no files.</source>
      <translation>Esta sala não aceita arquivos.</translation>
    </message>
    <message>
      <source>This room’s fingerprint changed. Check with the host before you invite anybody.</source>
      <translation>A impressão digital desta sala mudou. Confira com quem hospeda antes de convidar alguém.</translation>
    </message>
    <message>
      <source>This room’s fingerprint changed. Nothing was sent. Check with {host} before you go on.</source>
      <translation>A impressão digital desta sala mudou. Nada foi enviado. Confira com {host} antes de continuar.</translation>
    </message>
    <message>
      <source>This wants a connection to the host; there is none now.</source>
      <translation>Isto precisa de conexão com o anfitrião; agora não há.</translation>
    </message>
    <message>
      <source>Times are in the zone {zone}.</source>
      <translation>Os horários são do fuso {zone}.</translation>
    </message>
    <message>
      <source>To be sure, ask {host} to open Invite and read the words there to you: in person or by phone, not in this chat.</source>
      <translation>Para ter certeza, peça a {host} que abra Convidar e leia para você as palavras de lá: pessoalmente ou por telefone, não neste chat.</translation>
    </message>
    <message>
      <source>To {name}, only the two of you</source>
      <translation>Para {name}, só vocês dois</translation>
    </message>
    <message>
      <source>Today</source>
      <translation>Hoje</translation>
    </message>
    <message>
      <source>Too large for this room. Remove it.</source>
      <translation>Grande demais para esta sala. Remova.</translation>
    </message>
    <message>
      <source>Too large: this room takes files of up to {size}. Remove it.</source>
      <translation>Grande demais: esta sala aceita arquivos de até {size}. Remova.</translation>
    </message>
    <message>
      <source>Too many are at the door of {address}. Try again in a moment.</source>
      <translation>Há muita gente entrando em {address}. Tente de novo daqui a pouco.</translation>
    </message>
    <message>
      <source>Too many connections come from this computer’s address. Try again in a moment.</source>
      <translation>Há conexões demais vindas do endereço deste computador. Tente de novo daqui a pouco.</translation>
    </message>
    <message>
      <source>Too many files are on their way at once. Try again when some have arrived.</source>
      <translation>Há arquivos demais a caminho ao mesmo tempo. Tente de novo quando alguns tiverem chegado.</translation>
    </message>
    <message numerus="yes">
      <source>Too many wrong passwords. Ask the host for the right one, then try again in %n second(s).</source>
      <translation>
        <numerusform>Senhas erradas demais. Peça a certa a quem hospeda e tente de novo em %n segundo.</numerusform>
        <numerusform>Senhas erradas demais. Peça a certa a quem hospeda e tente de novo em %n segundos.</numerusform>
      </translation>
    </message>
    <message>
      <source>Too many wrong passwords. Ask the host for the right one, then try again.</source>
      <translation>Senhas erradas demais. Peça a certa a quem hospeda e tente de novo.</translation>
    </message>
    <message>
      <source>Topic</source>
      <translation>Assunto</translation>
    </message>
    <message>
      <source>Travel and places</source>
      <translation>Viagens e lugares</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Tentar de novo</translation>
    </message>
    <message>
      <source>Try again to send what failed</source>
      <translation>Tentar enviar de novo o que falhou</translation>
    </message>
    <message>
      <source>Try notifications out</source>
      <translation>Experimentar as notificações</translation>
    </message>
    <message>
      <source>Try now</source>
      <translation>Tentar agora</translation>
    </message>
    <message>
      <source>Trying again in {seconds} s</source>
      <translation>Nova tentativa em {seconds} s</translation>
    </message>
    <message>
      <source>Trying again in {seconds} s.</source>
      <translation>Nova tentativa em {seconds} s.</translation>
    </message>
    <message>
      <source>Trying again now.</source>
      <translation>Tentando de novo agora.</translation>
    </message>
    <message>
      <source>Trying again…</source>
      <translation>Tentando de novo…</translation>
    </message>
    <message>
      <source>Trying it out…</source>
      <translation>Testando…</translation>
    </message>
    <message>
      <source>Turn off</source>
      <translation>Desligar</translation>
    </message>
    <message>
      <source>Turn off do not disturb</source>
      <translation>Desligar o não perturbe</translation>
    </message>
    <message>
      <source>Turn on…</source>
      <translation>Ligar…</translation>
    </message>
    <message>
      <source>Type the host’s address, or paste an invite.</source>
      <translation>Digite o endereço da sala ou cole um convite.</translation>
    </message>
    <message>
      <source>Type the room’s password.</source>
      <translation>Digite a senha da sala.</translation>
    </message>
    <message>
      <source>Under “Join a room”, type the address, or paste the invite that the QR code holds.</source>
      <translation>Em “Entrar em uma sala”, digite o endereço ou cole o convite que está no código QR.</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Desfazer</translation>
    </message>
    <message>
      <source>Undo deleting</source>
      <translation>Desfazer o apagar</translation>
    </message>
    <message>
      <source>Unlock room</source>
      <translation>Destrancar sala</translation>
    </message>
    <message>
      <source>Unmute</source>
      <translation>Reativar avisos</translation>
    </message>
    <message>
      <source>Until I turn it off</source>
      <translation>Até eu desligar</translation>
    </message>
    <message>
      <source>Until tomorrow morning</source>
      <translation>Até amanhã de manhã</translation>
    </message>
    <message>
      <source>Use an address or an invite that somebody sent you.</source>
      <translation>Use um endereço ou um convite que alguém enviou para você.</translation>
    </message>
    <message>
      <source>Use the usual folder</source>
      <translation>Usar a pasta de costume</translation>
    </message>
    <message>
      <source>Used lately</source>
      <translation>Usados há pouco</translation>
    </message>
    <message>
      <source>VPN</source>
      <translation>VPN</translation>
    </message>
    <message>
      <source>VPN, rarely works</source>
      <translation>VPN, raramente funciona</translation>
    </message>
    <message>
      <source>Verified by invite</source>
      <translation>Verificada pelo convite</translation>
    </message>
    <message>
      <source>Verified by password</source>
      <translation>Verificada pela senha</translation>
    </message>
    <message>
      <source>Video</source>
      <translation>Vídeo</translation>
    </message>
    <message>
      <source>View as typed</source>
      <translation>Ver como foi digitado</translation>
    </message>
    <message>
      <source>View formatted</source>
      <translation>Ver formatado</translation>
    </message>
    <message>
      <source>View picture</source>
      <translation>Ver imagem</translation>
    </message>
    <message>
      <source>View the message’s pictures, download or open its file</source>
      <translation>Ver as imagens da mensagem, baixar ou abrir o arquivo</translation>
    </message>
    <message>
      <source>Virtual network, rarely works</source>
      <translation>Rede virtual, raramente funciona</translation>
    </message>
    <message>
      <source>Waits for its turn</source>
      <translation>Espera a vez</translation>
    </message>
    <message>
      <source>Waits for the connection</source>
      <translation>Espera a conexão</translation>
    </message>
    <message>
      <source>Web page</source>
      <translation>Página da web</translation>
    </message>
    <message>
      <source>Web page (HTML)</source>
      <translation>Página da web (HTML)</translation>
    </message>
    <message>
      <source>What arrived was not the file that was sent, so it was thrown away. Try again.</source>
      <translation>O que chegou não era o arquivo enviado e foi descartado. Tente de novo.</translation>
    </message>
    <message>
      <source>What can be done with a room, message or person</source>
      <translation>O que fazer com uma sala, mensagem ou pessoa</translation>
    </message>
    <message>
      <source>What can be done with the message’s files</source>
      <translation>O que dá para fazer com os arquivos da mensagem</translation>
    </message>
    <message>
      <source>What is it about?</source>
      <translation>Qual é o assunto?</translation>
    </message>
    <message>
      <source>What is on this computer</source>
      <translation>O que está neste computador</translation>
    </message>
    <message>
      <source>What is said from when they join</source>
      <translation>O que for dito depois de entrar</translation>
    </message>
    <message>
      <source>What is this room about?</source>
      <translation>Sobre o que é esta sala?</translation>
    </message>
    <message>
      <source>What newcomers see</source>
      <translation>Histórico para quem chega</translation>
    </message>
    <message>
      <source>What newcomers see…</source>
      <translation>Histórico para quem chega…</translation>
    </message>
    <message>
      <source>What others call you</source>
      <translation>Como as pessoas chamam você</translation>
    </message>
    <message>
      <source>What the next rooms that you host or join call you.</source>
      <translation>Como as próximas salas que você hospedar ou em que entrar vão chamar você.</translation>
    </message>
    <message>
      <source>What they read and write is not encrypted: anybody on the network can read along, the password too if there is one. Who they are is not proved. Members are told.</source>
      <translation>O que leem e escrevem não é criptografado: qualquer um na rede pode ler junto, e também a senha, se houver. Não há prova de quem são. Os membros são avisados.</translation>
    </message>
    <message>
      <source>What this computer keeps of the room could not be read to its end.</source>
      <translation>Não foi possível ler até o fim o que este computador guarda da sala.</translation>
    </message>
    <message>
      <source>What this computer kept of the room was damaged. It was set aside.</source>
      <translation>O que este computador guardou da sala estava danificado e foi posto de lado.</translation>
    </message>
    <message>
      <source>What was done</source>
      <translation>O que foi feito</translation>
    </message>
    <message>
      <source>What was done before</source>
      <translation>O que foi feito antes</translation>
    </message>
    <message>
      <source>What was found</source>
      <translation>O que foi encontrado</translation>
    </message>
    <message>
      <source>What was said, your draft, and messages that were not sent yet are deleted from this computer for good.</source>
      <translation>O que foi dito, seu rascunho e as mensagens que ainda não foram enviadas são apagados deste computador para sempre.</translation>
    </message>
    <message>
      <source>What was said, your draft, and messages that were not sent yet stay on this computer. They come back only with an invite to the old room.</source>
      <translation>O que foi dito, seu rascunho e as mensagens que ainda não foram enviadas ficam neste computador. Só voltam com um convite para a sala antiga.</translation>
    </message>
    <message>
      <source>What you write is a message of its own.</source>
      <translation>O que você escrever será uma mensagem à parte.</translation>
    </message>
    <message>
      <source>What you wrote is kept.</source>
      <translation>O que você escreveu fica guardado.</translation>
    </message>
    <message>
      <source>When you have not used Papo for that long. With the next key or move of the mouse you are back.</source>
      <translation>Quando você ficar esse tempo sem usar o Papo. Na próxima tecla ou movimento do mouse, você está de volta.</translation>
    </message>
    <message>
      <source>Where downloads go</source>
      <translation>Para onde vão os downloads</translation>
    </message>
    <message>
      <source>Where to go</source>
      <translation>Para onde ir</translation>
    </message>
    <message>
      <source>Where you were a moderator, you are not any more.</source>
      <translation>Onde você moderava, não modera mais.</translation>
    </message>
    <message>
      <source>Where your system asks for less motion, Papo already keeps still.</source>
      <translation>Se o seu sistema pede menos movimento, o Papo já fica parado.</translation>
    </message>
    <message>
      <source>Whether the network keeps its devices apart cannot be seen from here. If nobody gets in, try another network or a phone’s hotspot.</source>
      <translation>Daqui não dá para ver se a rede isola os dispositivos. Se ninguém conseguir entrar, tente outra rede ou o celular como roteador.</translation>
    </message>
    <message>
      <source>Who is in stays in. Everybody else needs the new password, even those who knew the old one.</source>
      <translation>Quem está na sala continua nela. Todos os outros precisam da nova senha, mesmo quem conhecia a antiga.</translation>
    </message>
    <message>
      <source>Who is in stays in. Whoever joins needs it, even with an invite.</source>
      <translation>Quem está na sala continua nela. Quem entra precisa dela, mesmo com convite.</translation>
    </message>
    <message>
      <source>Who is {name}?</source>
      <translation>Quem é {name}?</translation>
    </message>
    <message>
      <source>Who this is</source>
      <translation>Quem é</translation>
    </message>
    <message>
      <source>Whoever else has the password could have done so. To be sure, compare the words.</source>
      <translation>Qualquer outra pessoa com a senha também conseguiria. Para ter certeza, compare as palavras.</translation>
    </message>
    <message>
      <source>Whoever is muted reads on, and cannot write.</source>
      <translation>Quem é silenciado continua lendo, mas não escreve.</translation>
    </message>
    <message>
      <source>Whoever joins is asked for the password.</source>
      <translation>Quem entra precisa dizer a senha.</translation>
    </message>
    <message>
      <source>Whoever joins needs it, even with an invite. It is never sent.</source>
      <translation>Quem entra precisa dela, mesmo com convite. Ela nunca é enviada.</translation>
    </message>
    <message>
      <source>Wi-Fi</source>
      <translation>Wi-Fi</translation>
    </message>
    <message>
      <source>Window</source>
      <translation>Janela</translation>
    </message>
    <message>
      <source>Windows Defender Firewall is off.</source>
      <translation>O Firewall do Windows Defender está desligado.</translation>
    </message>
    <message>
      <source>Windows Defender Firewall is on. When Windows asks, allow Papo for private networks. Otherwise open Windows Security &gt; Firewall &amp; network protection &gt; Allow an app through firewall, and tick Papo; or run this command as administrator, for port {port}.</source>
      <translation>O Firewall do Windows Defender está ligado. Quando o Windows perguntar, permita o Papo em redes privadas. Ou abra Segurança do Windows &gt; Firewall e proteção de rede &gt; Permitir um aplicativo pelo firewall e marque o Papo; ou execute este comando como administrador, para a porta {port}.</translation>
    </message>
    <message>
      <source>Without older messages that were not loaded yet.</source>
      <translation>Sem as mensagens mais antigas que ainda não foram carregadas.</translation>
    </message>
    <message>
      <source>Write privately</source>
      <translation>Escrever em privado</translation>
    </message>
    <message>
      <source>Write something first.</source>
      <translation>Escreva algo primeiro.</translation>
    </message>
    <message>
      <source>Write something to it</source>
      <translation>Escreva uma legenda</translation>
    </message>
    <message>
      <source>Write to everyone again</source>
      <translation>Voltar a escrever para todos</translation>
    </message>
    <message>
      <source>Write to one person alone</source>
      <translation>Escrever só para uma pessoa</translation>
    </message>
    <message>
      <source>Writing</source>
      <translation>Escrita</translation>
    </message>
    <message>
      <source>Yesterday</source>
      <translation>Ontem</translation>
    </message>
    <message>
      <source>You</source>
      <translation>Você</translation>
    </message>
    <message>
      <source>You are banned from this room. If that is a mistake, ask its host to lift the ban.</source>
      <translation>Você está banido(a) desta sala. Se for engano, peça a quem hospeda para desbanir você.</translation>
    </message>
    <message>
      <source>You are connected to the room</source>
      <translation>Conectado ao servidor</translation>
    </message>
    <message>
      <source>You are connected to {room}</source>
      <translation>Conectado ao servidor: {room}</translation>
    </message>
    <message>
      <source>You are editing a message. Finish that first, then attach files.</source>
      <translation>Você está editando uma mensagem. Termine isso primeiro e depois anexe arquivos.</translation>
    </message>
    <message>
      <source>You are here</source>
      <translation>Você está aqui</translation>
    </message>
    <message>
      <source>You are in one network ({interfaces}). Whoever joins has to be in it, too.</source>
      <translation>Você está em uma rede ({interfaces}). Quem vai entrar precisa estar nela também.</translation>
    </message>
    <message>
      <source>You are in several networks ({interfaces}). Tell others the address of the one that they are in.</source>
      <translation>Você está em várias redes ({interfaces}). Passe o endereço da rede em que os outros estão.</translation>
    </message>
    <message>
      <source>You are muted here. You can read on; ask the host if you want to write again.</source>
      <translation>Você não pode escrever aqui por enquanto. Pode continuar lendo; para escrever de novo, peça a quem hospeda.</translation>
    </message>
    <message>
      <source>You are no longer in this room</source>
      <translation>Você não está mais nesta sala</translation>
    </message>
    <message>
      <source>You are not connected to this room. Join it again to invite people.</source>
      <translation>Você não está na sala. Entre de novo para convidar pessoas.</translation>
    </message>
    <message>
      <source>You are not in this room</source>
      <translation>Você não está nesta sala</translation>
    </message>
    <message>
      <source>You are not in this room yet.</source>
      <translation>Você ainda não está nesta sala.</translation>
    </message>
    <message>
      <source>You can read this again once you are connected as a moderator.</source>
      <translation>Você pode ler isto de novo quando voltar à sala na moderação.</translation>
    </message>
    <message>
      <source>You can try again now.</source>
      <translation>Você já pode tentar de novo.</translation>
    </message>
    <message>
      <source>You cannot write to {name} alone.</source>
      <translation>Você não pode escrever em privado para {name}.</translation>
    </message>
    <message>
      <source>You have a new identity.</source>
      <translation>Você tem uma nova identidade.</translation>
    </message>
    <message>
      <source>You have a new identity. The old key is kept as {path}.</source>
      <translation>Você tem uma nova identidade. A chave antiga está guardada em {path}.</translation>
    </message>
    <message>
      <source>You have not met this host before</source>
      <translation>Você ainda não conhece esta sala</translation>
    </message>
    <message>
      <source>You have not met this host. When you join, compare the words with its person, or use an invite.</source>
      <translation>Você ainda não conhece esta sala. Ao entrar, compare as palavras com quem hospeda, ou use um convite.</translation>
    </message>
    <message>
      <source>You have not verified the host yourself. Compare the words before you pass it on.</source>
      <translation>Você ainda não verificou esta sala. Compare as palavras antes de passar o convite adiante.</translation>
    </message>
    <message>
      <source>You host this room. Your invite carries these words, so it checks you for others.</source>
      <translation>Você hospeda esta sala. Seu convite leva estas palavras: com ele, os outros já a veem verificada.</translation>
    </message>
    <message>
      <source>You joined this room again from another window. Go on there, or try again here.</source>
      <translation>Você entrou nesta sala de novo por outra janela. Continue por lá ou tente de novo aqui.</translation>
    </message>
    <message>
      <source>You may not send files here now. Ask the host.</source>
      <translation>Você não pode enviar arquivos aqui agora. Fale com quem hospeda.</translation>
    </message>
    <message>
      <source>You were removed from this room. You may join it again.</source>
      <translation>Você foi removido(a) desta sala. Pode entrar de novo.</translation>
    </message>
    <message>
      <source>You write faster than this room allows. The rest is sent little by little.</source>
      <translation>Você escreve mais rápido do que esta sala permite. O resto é enviado aos poucos.</translation>
    </message>
    <message>
      <source>You write faster than this room allows. Your messages go out in a moment.</source>
      <translation>Você escreve mais rápido do que a sala permite. Suas mensagens saem em instantes.</translation>
    </message>
    <message>
      <source>Your colour</source>
      <translation>Sua cor</translation>
    </message>
    <message>
      <source>Your computer becomes the room. No account, no server, no internet.</source>
      <translation>Seu computador vira a sala. Sem conta, sem servidor, sem internet.</translation>
    </message>
    <message>
      <source>Your edit was not saved: {reason}</source>
      <translation>Sua edição não foi salva: {reason}</translation>
    </message>
    <message>
      <source>Your identity</source>
      <translation>Sua identidade</translation>
    </message>
    <message>
      <source>Your message was not sent: {reason}</source>
      <translation>Sua mensagem não foi enviada: {reason}</translation>
    </message>
    <message>
      <source>Your message, to be edited</source>
      <translation>Sua mensagem, em edição</translation>
    </message>
    <message>
      <source>Your network</source>
      <translation>Sua rede</translation>
    </message>
    <message>
      <source>Your nickname</source>
      <translation>Seu apelido</translation>
    </message>
    <message>
      <source>Your nickname in this room</source>
      <translation>Seu apelido nesta sala</translation>
    </message>
    <message>
      <source>Your password is not sent: both sides prove that they know it.</source>
      <translation>Sua senha não é enviada: os dois lados provam que a conhecem.</translation>
    </message>
    <message>
      <source>Your role in this room does not allow that. Ask the host.</source>
      <translation>Seu papel nesta sala não permite isso. Peça a quem hospeda.</translation>
    </message>
    <message>
      <source>Your room</source>
      <translation>Sua sala</translation>
    </message>
    <message>
      <source>Your room is open. Send the invite to bring people in.</source>
      <translation>Sua sala está aberta. Envie o convite para chamar as pessoas.</translation>
    </message>
    <message>
      <source>Your room should be open at port {port}, but nothing answers there. Close the room and host it again.</source>
      <translation>Sua sala deveria estar aberta na porta {port}, mas nada responde ali. Feche a sala e hospede-a de novo.</translation>
    </message>
    <message>
      <source>Your room’s port</source>
      <translation>A porta da sua sala</translation>
    </message>
    <message>
      <source>Zoom in</source>
      <translation>Ampliar</translation>
    </message>
    <message>
      <source>Zoom out</source>
      <translation>Diminuir</translation>
    </message>
    <message>
      <source>a file whose first line is the room's password</source>
      <translation>um arquivo cuja primeira linha é a senha da sala</translation>
    </message>
    <message>
      <source>accept a host that was never met before, unseen</source>
      <translation>aceitar uma sala ainda desconhecida, sem conferir</translation>
    </message>
    <message>
      <source>all files of the room together</source>
      <translation>todos os arquivos da sala juntos</translation>
    </message>
    <message>
      <source>also the address {address}</source>
      <translation>também o endereço {address}</translation>
    </message>
    <message>
      <source>answers an earlier message</source>
      <translation>responde a uma mensagem anterior</translation>
    </message>
    <message>
      <source>answers {name}</source>
      <translation>responde a {name}</translation>
    </message>
    <message>
      <source>blue</source>
      <translation>azul</translation>
    </message>
    <message>
      <source>d MMMM</source>
      <translation>d 'de' MMMM</translation>
    </message>
    <message>
      <source>d MMMM yyyy</source>
      <translation>d 'de' MMMM 'de' yyyy</translation>
    </message>
    <message>
      <source>dddd, d MMMM</source>
      <translation>dddd, d 'de' MMMM</translation>
    </message>
    <message>
      <source>dddd, d MMMM yyyy</source>
      <translation>dddd, d 'de' MMMM 'de' yyyy</translation>
    </message>
    <message>
      <source>do not announce the room</source>
      <translation>não anunciar a sala</translation>
    </message>
    <message>
      <source>each line of the input is a JSON object: say, edit, react or token</source>
      <translation>cada linha da entrada é um objeto JSON: say, edit, react ou token</translation>
    </message>
    <message>
      <source>edited</source>
      <translation>editada</translation>
    </message>
    <message>
      <source>fetch files of a room, without a window</source>
      <translation>baixa arquivos de uma sala, sem janela</translation>
    </message>
    <message>
      <source>green</source>
      <translation>verde</translation>
    </message>
    <message>
      <source>host a room on this computer</source>
      <translation>hospedar uma sala neste computador</translation>
    </message>
    <message>
      <source>how many may be in</source>
      <translation>quantas pessoas cabem na sala</translation>
    </message>
    <message>
      <source>into this folder; this one if left out</source>
      <translation>para esta pasta; se omitido, a pasta atual</translation>
    </message>
    <message>
      <source>is typing</source>
      <translation>digitando</translation>
    </message>
    <message>
      <source>join a room</source>
      <translation>entrar em uma sala</translation>
    </message>
    <message>
      <source>keep everything under DIR</source>
      <translation>guardar tudo em DIR</translation>
    </message>
    <message>
      <source>let phones and browsers in; encrypted only where they ask for https</source>
      <translation>deixa celulares e navegadores entrarem; com criptografia só onde pedem https</translation>
    </message>
    <message>
      <source>let plain-text programs in (netcat, telnet); not encrypted</source>
      <translation>deixar entrar programas de texto puro (netcat, telnet); sem criptografia</translation>
    </message>
    <message>
      <source>lift the message rate and the caps per address (trusted labs only)</source>
      <translation>não limitar o ritmo das mensagens nem as conexões por endereço (só em laboratórios de confiança)</translation>
    </message>
    <message>
      <source>listen on this address alone</source>
      <translation>escutar só neste endereço</translation>
    </message>
    <message>
      <source>more than a day left</source>
      <translation>falta mais de um dia</translation>
    </message>
    <message>
      <source>muted</source>
      <translation>silenciada</translation>
    </message>
    <message>
      <source>ochre</source>
      <translation>ocre</translation>
    </message>
    <message>
      <source>on this computer</source>
      <translation>neste computador</translation>
    </message>
    <message>
      <source>only say what there is</source>
      <translation>apenas mostra o que há</translation>
    </message>
    <message>
      <source>optional</source>
      <translation>opcional</translation>
    </message>
    <message>
      <source>orange</source>
      <translation>laranja</translation>
    </message>
    <message>
      <source>picture-{time}.png</source>
      <translation>imagem-{time}.png</translation>
    </message>
    <message>
      <source>pink</source>
      <translation>rosa</translation>
    </message>
    <message>
      <source>print each step as a JSON object</source>
      <translation>imprime cada passo como um objeto JSON</translation>
    </message>
    <message>
      <source>red</source>
      <translation>vermelho</translation>
    </message>
    <message>
      <source>say why others cannot join here, or why you cannot join there</source>
      <translation>diz por que outros não conseguem entrar aqui, ou por que você não consegue entrar lá</translation>
    </message>
    <message>
      <source>send files to a room, without a window</source>
      <translation>envia arquivos para uma sala, sem janela</translation>
    </message>
    <message>
      <source>teal</source>
      <translation>verde-azulado</translation>
    </message>
    <message>
      <source>text guests from {address}</source>
      <translation>visitantes por texto de {address}</translation>
    </message>
    <message>
      <source>text-{time}.txt</source>
      <translation>texto-{time}.txt</translation>
    </message>
    <message>
      <source>that address</source>
      <translation>esse endereço</translation>
    </message>
    <message>
      <source>the host</source>
      <translation>quem hospeda</translation>
    </message>
    <message>
      <source>the largest file that the room takes, such as 500M or 4G; 0: no files at all</source>
      <translation>o maior arquivo que a sala aceita, como 500M ou 4G; 0: nenhum arquivo</translation>
    </message>
    <message>
      <source>the port</source>
      <translation>a porta</translation>
    </message>
    <message>
      <source>the room's name</source>
      <translation>o nome da sala</translation>
    </message>
    <message>
      <source>this room</source>
      <translation>esta sala</translation>
    </message>
    <message>
      <source>violet</source>
      <translation>violeta</translation>
    </message>
    <message>
      <source>what files leave free of this computer’s disk</source>
      <translation>o que os arquivos deixam livre do disco deste computador</translation>
    </message>
    <message>
      <source>what is said with them</source>
      <translation>o que é dito junto com eles</translation>
    </message>
    <message>
      <source>what newcomers see: everything, what is said from then on, nothing is kept, or the last N messages</source>
      <translation>histórico para quem chega: tudo, o que for dito daí em diante, nada (e nada fica guardado) ou as últimas N mensagens</translation>
    </message>
    <message>
      <source>which; all that you may see where it is left out</source>
      <translation>quais; se omitido, todos os que você pode ver</translation>
    </message>
    <message>
      <source>without a window</source>
      <translation>sem janela</translation>
    </message>
    <message>
      <source>you</source>
      <translation>você</translation>
    </message>
    <message>
      <source>your nickname</source>
      <translation>seu apelido</translation>
    </message>
    <message>
      <source>{address} answers.</source>
      <translation>{address} responde.</translation>
    </message>
    <message>
      <source>{address} hung up at once. Too many may be at the door, or it is another program. Try again in a moment, and check the port.</source>
      <translation>{address} desligou na hora. Pode haver gente demais à porta, ou é outro programa. Tente de novo daqui a pouco e confira a porta.</translation>
    </message>
    <message>
      <source>{address} is a number already, so nothing had to be looked up.</source>
      <translation>{address} já é um número, então não foi preciso procurar nada.</translation>
    </message>
    <message>
      <source>{address} is in another network than this computer, and there is no way to it. Join the same Wi-Fi or cable as the host.</source>
      <translation>{address} está em outra rede que não a deste computador, e não há caminho até lá. Entre no mesmo Wi-Fi ou cabo de quem hospeda.</translation>
    </message>
    <message>
      <source>{address} is in another network than this computer. Join the same Wi-Fi or cable as the host, or ask for another of its addresses.</source>
      <translation>{address} está em outra rede que não a deste computador. Entre no mesmo Wi-Fi ou cabo de quem hospeda, ou peça outro endereço.</translation>
    </message>
    <message>
      <source>{address} is in your network and does not answer. Most likely a firewall on the host’s computer is in the way: ask its person to check the connection there. Or it sleeps, or the Wi-Fi keeps its devices apart.</source>
      <translation>{address} está na sua rede e não responde. O mais provável é um firewall no computador que hospeda: peça a quem hospeda para verificar a conexão lá. Ou ele está suspenso, ou o Wi-Fi isola os dispositivos.</translation>
    </message>
    <message>
      <source>{address} is in your network, but no computer there has it now. Ask whether the host’s address changed, and whether its computer is on.</source>
      <translation>{address} é da sua rede, mas nenhum computador o usa agora. Pergunte se o endereço da sala mudou e se o computador está ligado.</translation>
    </message>
    <message>
      <source>{address} is no address of this computer. Leave --bind out to use all of them.</source>
      <translation>{address} não é um endereço deste computador. Sem --bind, todos são usados.</translation>
    </message>
    <message>
      <source>{address}: for everybody in the same Wi-Fi ({interface}).</source>
      <translation>{address}: para todos no mesmo Wi-Fi ({interface}).</translation>
    </message>
    <message>
      <source>{address}: for everybody in the same network ({interface}).</source>
      <translation>{address}: para todos na mesma rede ({interface}).</translation>
    </message>
    <message>
      <source>{address}: for everybody in the same network.</source>
      <translation>{address}: para todos na mesma rede.</translation>
    </message>
    <message>
      <source>{address}: only for those in the same VPN ({interface}).</source>
      <translation>{address}: só para quem está na mesma VPN ({interface}).</translation>
    </message>
    <message>
      <source>{address}: only for virtual machines and containers on this computer ({interface}).</source>
      <translation>{address}: só para máquinas virtuais e contêineres deste computador ({interface}).</translation>
    </message>
    <message>
      <source>{address}: the computer’s name. It is easy to say, but not every network knows it.</source>
      <translation>{address}: o nome do computador. É fácil de dizer, mas nem toda rede o conhece.</translation>
    </message>
    <message>
      <source>{address}: works as well, but is long to type.</source>
      <translation>{address}: também funciona, mas é longo para digitar.</translation>
    </message>
    <message numerus="yes">
      <source>{author} and %n other(s)</source>
      <translation>
        <numerusform>{author} e mais %n pessoa</numerusform>
        <numerusform>{author} e mais %n pessoas</numerusform>
      </translation>
    </message>
    <message>
      <source>{author} mentioned you.</source>
      <translation>{author} mencionou você.</translation>
    </message>
    <message>
      <source>{author} wrote a message.</source>
      <translation>{author} escreveu uma mensagem.</translation>
    </message>
    <message>
      <source>{author} wrote to you privately.</source>
      <translation>{author} escreveu para você em privado.</translation>
    </message>
    <message>
      <source>{author}, privately: {text}</source>
      <translation>{author}, em privado: {text}</translation>
    </message>
    <message>
      <source>{author}:</source>
      <translation>{author}:</translation>
    </message>
    <message>
      <source>{author}: {text}</source>
      <translation>{author}: {text}</translation>
    </message>
    <message>
      <source>{before} is now {nick}.</source>
      <translation>{before} agora é {nick}.</translation>
    </message>
    <message>
      <source>{before} → {after}</source>
      <translation>{before} → {after}</translation>
    </message>
    <message>
      <source>{by} banned {nick}</source>
      <translation>{by} baniu {nick}</translation>
    </message>
    <message>
      <source>{by} changed the topic</source>
      <translation>{by} mudou o assunto</translation>
    </message>
    <message>
      <source>{by} changed what newcomers see</source>
      <translation>{by} mudou o que os recém-chegados veem</translation>
    </message>
    <message>
      <source>{by} deleted a message</source>
      <translation>{by} apagou uma mensagem</translation>
    </message>
    <message>
      <source>{by} deleted a message of {nick}</source>
      <translation>{by} apagou uma mensagem de {nick}</translation>
    </message>
    <message>
      <source>{by} let everyone write</source>
      <translation>{by} deixou todos escreverem</translation>
    </message>
    <message>
      <source>{by} let no phones and browsers in any more</source>
      <translation>{by} não deixa mais entrar celulares e navegadores</translation>
    </message>
    <message>
      <source>{by} let no plain-text programs in any more</source>
      <translation>{by} não deixa mais entrar programas de texto puro</translation>
    </message>
    <message>
      <source>{by} let only the host and moderators write</source>
      <translation>{by} deixou só quem hospeda e modera escrever</translation>
    </message>
    <message>
      <source>{by} let phones and browsers in</source>
      <translation>{by} deixou entrar celulares e navegadores</translation>
    </message>
    <message>
      <source>{by} let plain-text programs in</source>
      <translation>{by} deixou entrar programas de texto puro</translation>
    </message>
    <message>
      <source>{by} let {nick} write again</source>
      <translation>{by} deixou {nick} escrever de novo</translation>
    </message>
    <message>
      <source>{by} lifted the ban of {nick}</source>
      <translation>{by} desbaniu {nick}</translation>
    </message>
    <message>
      <source>{by} locked the room</source>
      <translation>{by} trancou a sala</translation>
    </message>
    <message>
      <source>{by} made {nick} a moderator</source>
      <translation>{by} passou a moderação a {nick}</translation>
    </message>
    <message>
      <source>{by} muted {nick}</source>
      <translation>{by} silenciou {nick}</translation>
    </message>
    <message>
      <source>{by} removed {nick}</source>
      <translation>{by} removeu {nick}</translation>
    </message>
    <message>
      <source>{by} set the topic: {topic}</source>
      <translation>{by} definiu o assunto: {topic}</translation>
    </message>
    <message>
      <source>{by} took moderator back from {nick}</source>
      <translation>{by} tirou a moderação de {nick}</translation>
    </message>
    <message>
      <source>{by} took the topic away.</source>
      <translation>{by} tirou o assunto.</translation>
    </message>
    <message>
      <source>{by} unlocked the room</source>
      <translation>{by} destrancou a sala</translation>
    </message>
    <message>
      <source>{count} of {limit}</source>
      <translation>{count} de {limit}</translation>
    </message>
    <message>
      <source>{count} of {limit}. Shorten it, or send it as a message of its own.</source>
      <translation>{count} de {limit}. Encurte o texto ou envie-o em uma mensagem à parte.</translation>
    </message>
    <message>
      <source>{count} of {total}</source>
      <translation>{count} de {total}</translation>
    </message>
    <message>
      <source>{day} · hosted by you</source>
      <translation>{day} · hospedada por você</translation>
    </message>
    <message>
      <source>{day} · {address}</source>
      <translation>{day} · {address}</translation>
    </message>
    <message>
      <source>{done} of {size}</source>
      <translation>{done} de {size}</translation>
    </message>
    <message>
      <source>{emoji} {count}, with yours</source>
      <translation>{emoji} {count}, com a sua</translation>
    </message>
    <message>
      <source>{files}, {size} in all</source>
      <translation>{files}, {size} ao todo</translation>
    </message>
    <message>
      <source>{files}, {used} of {room}.</source>
      <translation>{files}, {used} de {room}.</translation>
    </message>
    <message>
      <source>{files}: {caption}</source>
      <translation>{files}: {caption}</translation>
    </message>
    <message>
      <source>{file} is there already.</source>
      <translation>{file} já existe.</translation>
    </message>
    <message>
      <source>{first} and {second} are typing…</source>
      <translation>{first} e {second} estão digitando…</translation>
    </message>
    <message>
      <source>{first} and {second} joined</source>
      <translation>{first} e {second} entraram</translation>
    </message>
    <message>
      <source>{first} and {second} left</source>
      <translation>{first} e {second} saíram</translation>
    </message>
    <message numerus="yes">
      <source>{first}, {second} and %n other(s) joined</source>
      <translation>
        <numerusform>{first}, {second} e mais %n pessoa entraram</numerusform>
        <numerusform>{first}, {second} e mais %n pessoas entraram</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{first}, {second} and %n other(s) left</source>
      <translation>
        <numerusform>{first}, {second} e mais %n pessoa saíram</numerusform>
        <numerusform>{first}, {second} e mais %n pessoas saíram</numerusform>
      </translation>
    </message>
    <message>
      <source>{free} of this computer’s disk are free.</source>
      <translation>{free} do disco deste computador estão livres.</translation>
    </message>
    <message>
      <source>{heading}. {message}</source>
      <translation>{heading}. {message}</translation>
    </message>
    <message numerus="yes">
      <source>{host} on {computer} · %n member(s)</source>
      <translation>
        <numerusform>{host} em {computer} · %n participante</numerusform>
        <numerusform>{host} em {computer} · %n participantes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{host} · %n member(s)</source>
      <translation>
        <numerusform>{host} · %n participante</numerusform>
        <numerusform>{host} · %n participantes</numerusform>
      </translation>
    </message>
    <message>
      <source>{hours} h left</source>
      <translation>faltam {hours} h</translation>
    </message>
    <message>
      <source>{hours} h {minutes} min left</source>
      <translation>faltam {hours} h {minutes} min</translation>
    </message>
    <message numerus="yes">
      <source>{left} not taken: %n at once is the most. Choose their folder instead.</source>
      <translation>
        <numerusform>{left} de fora: no máximo %n de cada vez. Escolha a pasta deles.</numerusform>
        <numerusform>{left} de fora: no máximo %n de cada vez. Escolha a pasta deles.</numerusform>
      </translation>
    </message>
    <message>
      <source>{messages} · {percent} %</source>
      <translation>{messages} · {percent} %</translation>
    </message>
    <message>
      <source>{message} (Enter or Ctrl+Z undoes that)</source>
      <translation>{message} (Enter ou Ctrl+Z desfaz isso)</translation>
    </message>
    <message>
      <source>{message} (edit not saved: {reason})</source>
      <translation>{message} (edição não salva: {reason})</translation>
    </message>
    <message>
      <source>{message} (not sent: {reason})</source>
      <translation>{message} (não enviada: {reason})</translation>
    </message>
    <message>
      <source>{message} (sending)</source>
      <translation>{message} (enviando)</translation>
    </message>
    <message>
      <source>{minutes} min left</source>
      <translation>faltam {minutes} min</translation>
    </message>
    <message numerus="yes">
      <source>{names} and %n other(s)</source>
      <translation>
        <numerusform>{names} e mais %n pessoa</numerusform>
        <numerusform>{names} e mais %n pessoas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{name} and %n more</source>
      <translation>
        <numerusform>{name} e mais %n</numerusform>
        <numerusform>{name} e mais %n</numerusform>
      </translation>
    </message>
    <message>
      <source>{name} changed the topic: {topic}</source>
      <translation>{name} mudou o assunto: {topic}</translation>
    </message>
    <message>
      <source>{name} is not here now, and gets it on coming back.</source>
      <translation>{name} não está aqui agora e recebe quando voltar.</translation>
    </message>
    <message>
      <source>{name} is not here now. This room keeps nothing, so it cannot arrive.</source>
      <translation>{name} não está aqui agora. Esta sala não guarda nada, então não dá para entregar.</translation>
    </message>
    <message>
      <source>{name} is now {nick}</source>
      <translation>{name} agora é {nick}</translation>
    </message>
    <message>
      <source>{name} is off.</source>
      <translation>{name} está desligado.</translation>
    </message>
    <message>
      <source>{name} is on and does not let port {port} in. Allow it with this command.</source>
      <translation>{name} está ligado e não libera a porta {port}. Libere com este comando.</translation>
    </message>
    <message>
      <source>{name} is on, and only an administrator can see whether it lets port {port} in. This command allows it.</source>
      <translation>{name} está ligado, e só um administrador pode ver se a porta {port} está liberada. Este comando a libera.</translation>
    </message>
    <message>
      <source>{name} is there, and only an administrator can see whether it lets port {port} in. Ask whoever takes care of this computer.</source>
      <translation>Há {name} neste computador, e só um administrador pode ver se a porta {port} está liberada. Pergunte a quem cuida deste computador.</translation>
    </message>
    <message>
      <source>{name} is typing…</source>
      <translation>{name} está digitando…</translation>
    </message>
    <message>
      <source>{name} is {address}.</source>
      <translation>{name} é {address}.</translation>
    </message>
    <message>
      <source>{name} joined</source>
      <translation>{name} conectou ao servidor!</translation>
    </message>
    <message>
      <source>{name} leaves at once and cannot come back, under any nickname.</source>
      <translation>{name} sai na hora e não pode voltar, com nenhum apelido.</translation>
    </message>
    <message>
      <source>{name} leaves at once with all text guests from that address, and none from there gets in.</source>
      <translation>{name} sai na hora, com todos os visitantes por texto desse endereço, e nenhum de lá entra.</translation>
    </message>
    <message>
      <source>{name} leaves at once, and may come back.</source>
      <translation>{name} sai na hora e pode voltar.</translation>
    </message>
    <message>
      <source>{name} leaves at once. Another browser is another guest.</source>
      <translation>{name} sai na hora. Outro navegador é outro visitante.</translation>
    </message>
    <message>
      <source>{name} left</source>
      <translation>{name} saiu</translation>
    </message>
    <message>
      <source>{name} let everyone write</source>
      <translation>{name} deixou todos escreverem</translation>
    </message>
    <message>
      <source>{name} let only the host and moderators write</source>
      <translation>{name} deixou só quem hospeda e modera escrever</translation>
    </message>
    <message>
      <source>{name} lets no phones and browsers in any more</source>
      <translation>{name} não deixa mais entrar celulares e navegadores</translation>
    </message>
    <message>
      <source>{name} lets no plain-text programs in any more</source>
      <translation>{name} não deixa mais entrar programas de texto puro</translation>
    </message>
    <message>
      <source>{name} lets phones and browsers in</source>
      <translation>{name} deixa entrar celulares e navegadores</translation>
    </message>
    <message>
      <source>{name} lets plain-text programs in: what they read and write is not encrypted</source>
      <translation>{name} deixa entrar programas de texto puro: o que leem e escrevem não é criptografado</translation>
    </message>
    <message>
      <source>{name} lets port {port} in.</source>
      <translation>{name} libera a porta {port}.</translation>
    </message>
    <message>
      <source>{name} locked the room: nobody new gets in</source>
      <translation>{name} trancou a sala: ninguém novo entra</translation>
    </message>
    <message>
      <source>{name} removed the topic</source>
      <translation>{name} tirou o assunto</translation>
    </message>
    <message>
      <source>{name} unlocked the room</source>
      <translation>{name} destrancou a sala</translation>
    </message>
    <message>
      <source>{name} was not found. Names that end in .local do not work in every network: ask for the address in numbers, such as 192.168.1.20.</source>
      <translation>{name} não foi encontrado. Nomes que terminam em .local não funcionam em toda rede: peça o endereço em números, como 192.168.1.20.</translation>
    </message>
    <message>
      <source>{name} was removed from the room</source>
      <translation>{name} foi removido(a) da sala</translation>
    </message>
    <message>
      <source>{name}, {time}: {text}</source>
      <translation>{name}, {time}: {text}</translation>
    </message>
    <message>
      <source>{name}: {text}</source>
      <translation>{name}: {text}</translation>
    </message>
    <message>
      <source>{name}’s room</source>
      <translation>Sala de {name}</translation>
    </message>
    <message>
      <source>{nick} changed a message: {text}</source>
      <translation>{nick} mudou uma mensagem: {text}</translation>
    </message>
    <message>
      <source>{nick} deleted a message of {of}.</source>
      <translation>{nick} apagou uma mensagem de {of}.</translation>
    </message>
    <message>
      <source>{nick} deleted a message.</source>
      <translation>{nick} apagou uma mensagem.</translation>
    </message>
    <message>
      <source>{nick} left the room.</source>
      <translation>{nick} saiu da sala.</translation>
    </message>
    <message>
      <source>{nick} reacted with {emoji} to {of}: “{gist}”</source>
      <translation>{nick} reagiu com {emoji} a {of}: “{gist}”</translation>
    </message>
    <message>
      <source>{nick} reacted: {emoji}</source>
      <translation>{nick} reagiu: {emoji}</translation>
    </message>
    <message>
      <source>{nick} sent a file: {name} ({size})</source>
      <translation>{nick} enviou um arquivo: {name} ({size})</translation>
    </message>
    <message>
      <source>{nick} was removed from the room.</source>
      <translation>{nick} foi removido da sala.</translation>
    </message>
    <message>
      <source>{number} of {count}</source>
      <translation>{number} de {count}</translation>
    </message>
    <message>
      <source>{number}%</source>
      <translation>{number}%</translation>
    </message>
    <message>
      <source>{percent}%</source>
      <translation>{percent}%</translation>
    </message>
    <message>
      <source>{room} asks for its password</source>
      <translation>{room} pede a senha</translation>
    </message>
    <message>
      <source>{room} – Papo</source>
      <translation>{room} – Papo</translation>
    </message>
    <message>
      <source>{seconds} s left</source>
      <translation>faltam {seconds} s</translation>
    </message>
    <message>
      <source>{size} · {day}</source>
      <translation>{size} · {day}</translation>
    </message>
    <message>
      <source>{size}/s</source>
      <translation>{size}/s</translation>
    </message>
    <message>
      <source>{state}. Show the fingerprint</source>
      <translation>{state}. Mostrar a impressão digital</translation>
    </message>
    <message>
      <source>{state}: messages are not announced now.</source>
      <translation>{state}: agora as mensagens não são anunciadas.</translation>
    </message>
    <message>
      <source>{text} (Enter hides the names)</source>
      <translation>{text} (Enter esconde os nomes)</translation>
    </message>
    <message>
      <source>{text} (Enter shows all names)</source>
      <translation>{text} (Enter mostra todos os nomes)</translation>
    </message>
    <message>
      <source>{text} Try this one first.</source>
      <translation>{text} Tente este primeiro.</translation>
    </message>
    <message>
      <source>{width} × {height}</source>
      <translation>{width} × {height}</translation>
    </message>
    <message>
      <source>{width} × {height} pixels</source>
      <translation>{width} × {height} pixels</translation>
    </message>
    <message>
      <source>“{file}” is there already.</source>
      <translation>“{file}” já existe.</translation>
    </message>
    <message>
      <source>“{nick}” has signs that a nickname cannot have. Choose another nickname.</source>
      <translation>“{nick}” tem caracteres que não podem ser usados. Escolha outro apelido.</translation>
    </message>
    <message>
      <source>“{nick}” is taken in this room. Choose another nickname.</source>
      <translation>“{nick}” já está em uso nesta sala. Escolha outro apelido.</translation>
    </message>
  </context>
</TS>
