<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
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
        <numerusform>%n emoji found</numerusform>
        <numerusform>%n emoji found</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n file(s)</source>
      <translation>
        <numerusform>%n file</numerusform>
        <numerusform>%n files</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n link(s)</source>
      <translation>
        <numerusform>%n link</numerusform>
        <numerusform>%n links</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n member(s)</source>
      <translation>
        <numerusform>%n member</numerusform>
        <numerusform>%n members</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n member(s) when you were last connected</source>
      <translation>
        <numerusform>%n member when you were last connected</numerusform>
        <numerusform>%n members when you were last connected</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n mention(s)</source>
      <translation>
        <numerusform>%n mention</numerusform>
        <numerusform>%n mentions</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n message(s)</source>
      <translation>
        <numerusform>%n message</numerusform>
        <numerusform>%n messages</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n message(s) are left out here: this connection took them too slowly.</source>
      <translation>
        <numerusform>%n message is left out here: this connection took it too slowly.</numerusform>
        <numerusform>%n messages are left out here: this connection took them too slowly.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n message(s) selected</source>
      <translation>
        <numerusform>%n message selected</numerusform>
        <numerusform>%n messages selected</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n message(s) wait for the connection.</source>
      <translation>
        <numerusform>%n message waits for the connection.</numerusform>
        <numerusform>%n messages wait for the connection.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n message(s) were not sent.</source>
      <translation>
        <numerusform>%n message was not sent.</numerusform>
        <numerusform>%n messages were not sent.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n new message(s)</source>
      <translation>
        <numerusform>%n new message</numerusform>
        <numerusform>%n new messages</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n picture(s)</source>
      <translation>
        <numerusform>%n picture</numerusform>
        <numerusform>%n pictures</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n picture(s) will say where they were taken.</source>
      <translation>
        <numerusform>%n picture will say where it was taken.</numerusform>
        <numerusform>%n pictures will say where they were taken.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n special file(s)</source>
      <translation>
        <numerusform>%n special file</numerusform>
        <numerusform>%n special files</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n suggestion(s). Up and Down choose, Escape closes.</source>
      <translation>
        <numerusform>%n suggestion. Up and Down choose, Escape closes.</numerusform>
        <numerusform>%n suggestions. Up and Down choose, Escape closes.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n thing(s) that cannot be read</source>
      <translation>
        <numerusform>%n thing that cannot be read</numerusform>
        <numerusform>%n things that cannot be read</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n unread message(s)</source>
      <translation>
        <numerusform>%n unread message</numerusform>
        <numerusform>%n unread messages</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>A message has room for %n character(s). Shorten it, or send it in parts.</source>
      <translation>
        <numerusform>A message has room for %n character. Shorten it, or send it in parts.</numerusform>
        <numerusform>A message has room for %n characters. Shorten it, or send it in parts.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>A message has room for %n character(s). Shorten it, then save it.</source>
      <translation>
        <numerusform>A message has room for %n character. Shorten it, then save it.</numerusform>
        <numerusform>A message has room for %n characters. Shorten it, then save it.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>A message holds %n file(s) at most, so these go as {messages} messages.</source>
      <translation>
        <numerusform>A message holds %n file at most, so these go as {messages} messages.</numerusform>
        <numerusform>A message holds %n files at most, so these go as {messages} messages.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>A message holds %n file(s) at most. Send the others in another one.</source>
      <translation>
        <numerusform>A message holds %n file at most. Send the others in another one.</numerusform>
        <numerusform>A message holds %n files at most. Send the others in another one.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>A password has room for %n character(s). Shorten it.</source>
      <translation>
        <numerusform>A password has room for %n character. Shorten it.</numerusform>
        <numerusform>A password has room for %n characters. Shorten it.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>A topic has room for %n character(s). Shorten it.</source>
      <translation>
        <numerusform>A topic has room for %n character. Shorten it.</numerusform>
        <numerusform>A topic has room for %n characters. Shorten it.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>After %n minute(s)</source>
      <translation>
        <numerusform>After %n minute</numerusform>
        <numerusform>After %n minutes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>And %n more. Join those with an address.</source>
      <translation>
        <numerusform>And %n more. Join it with an address.</numerusform>
        <numerusform>And %n more. Join those with an address.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Close Papo? Your room closes, and %n people are in it.</source>
      <translation>
        <numerusform>Close Papo? Your room closes, and %n person is in it.</numerusform>
        <numerusform>Close Papo? Your room closes, and %n people are in it.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Close this room? %n people are in it.</source>
      <translation>
        <numerusform>Close this room? %n person is in it.</numerusform>
        <numerusform>Close this room? %n people are in it.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Newcomers see the last %n message(s).</source>
      <translation>
        <numerusform>Newcomers see the last %n message.</numerusform>
        <numerusform>Newcomers see the last %n messages.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Saved %n message(s).</source>
      <translation>
        <numerusform>Saved %n message.</numerusform>
        <numerusform>Saved %n messages.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Send %n file(s) to {room}</source>
      <translation>
        <numerusform>Send %n file to {room}</numerusform>
        <numerusform>Send %n files to {room}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Send as %n message(s)</source>
      <translation>
        <numerusform>Send as %n message</numerusform>
        <numerusform>Send as %n messages</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>That name is too long. Choose one of at most %n character(s).</source>
      <translation>
        <numerusform>That name is too long. Choose one of at most %n character.</numerusform>
        <numerusform>That name is too long. Choose one of at most %n characters.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>That nickname is too long. Choose one of at most %n character(s).</source>
      <translation>
        <numerusform>That nickname is too long. Choose one of at most %n character.</numerusform>
        <numerusform>That nickname is too long. Choose one of at most %n characters.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The last %n message(s)</source>
      <translation>
        <numerusform>The last %n message</numerusform>
        <numerusform>The last %n messages</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The location is removed from %n picture(s).</source>
      <translation>
        <numerusform>The location is removed from %n picture.</numerusform>
        <numerusform>The location is removed from %n pictures.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Too many wrong passwords. Ask the host for the right one, then try again in %n second(s).</source>
      <translation>
        <numerusform>Too many wrong passwords. Ask the host for the right one, then try again in %n second.</numerusform>
        <numerusform>Too many wrong passwords. Ask the host for the right one, then try again in %n seconds.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{author} and %n other(s)</source>
      <translation>
        <numerusform>{author} and %n other</numerusform>
        <numerusform>{author} and %n others</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{first}, {second} and %n other(s) joined</source>
      <translation>
        <numerusform>{first}, {second} and %n other joined</numerusform>
        <numerusform>{first}, {second} and %n others joined</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{first}, {second} and %n other(s) left</source>
      <translation>
        <numerusform>{first}, {second} and %n other left</numerusform>
        <numerusform>{first}, {second} and %n others left</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{host} on {computer} · %n member(s)</source>
      <translation>
        <numerusform>{host} on {computer} · %n member</numerusform>
        <numerusform>{host} on {computer} · %n members</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{host} · %n member(s)</source>
      <translation>
        <numerusform>{host} · %n member</numerusform>
        <numerusform>{host} · %n members</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{left} not taken: %n at once is the most. Choose their folder instead.</source>
      <translation>
        <numerusform>{left} not taken: %n at once is the most. Choose their folder instead.</numerusform>
        <numerusform>{left} not taken: %n at once is the most. Choose their folder instead.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{names} and %n other(s)</source>
      <translation>
        <numerusform>{names} and %n other</numerusform>
        <numerusform>{names} and %n others</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{name} and %n more</source>
      <translation>
        <numerusform>{name} and %n more</numerusform>
        <numerusform>{name} and %n more</numerusform>
      </translation>
    </message>
  </context>
</TS>
