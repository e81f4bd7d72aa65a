/* The self-check and the rehearsals one step at a time. Nothing is sent and nothing is kept: what is answered and
   written stands in this form alone and goes with it. */
(function () {
  "use strict";

  var form = document.getElementById("self-check");
  if (!form) return;
  var words = JSON.parse(form.dataset.words);
  var steps = all(".sc-step", form);
  var last = steps.length - 1;
  var result = form.querySelector(".sc-result");
  var list = form.querySelector(".sc-list");
  var bar = form.querySelector(".sc-bar");
  var summary = form.querySelector(".sc-summary");
  var nextButton = form.querySelector("[data-do=next]");
  var buttons = nextButton.parentNode;
  var pageTitle = document.title;
  var now = 0;
  var warned = "";
  var text = "";
  // A day, a span or an interval, in either language: 2027年3月5日, 3天以内, 每月一次, 5 March, within 3 days, weekly.
  var DATE = new RegExp("\\d{4}-\\d{1,2}|[0-9一二三四五六七八九十两半]+\\s*个?(年|月|日|号|天|周|小时|工作日|星期)|每(年|季|月|周|日|天)|当天" +
    "|\\d+\\s*(days?|weeks?|months?|hours?|working days?)|\\d+\\s*(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)" +
    "|(daily|weekly|monthly|quarterly|yearly|same day|every (day|week|month)|(once|twice) a (day|week|month))", "i");

  function all(selector, root) {
    return Array.prototype.slice.call(root.querySelectorAll(selector));
  }

  function plain(element) {
    return element.textContent.replace(/\s+/g, " ").trim();
  }

  function chosen(question) {
    var input = question.querySelector("input:checked");
    return input ? input.value : "";
  }

  // The first red line that was answered with yes ends the comparison; correction is due all the same.
  function stop() {
    return all(".sc-q[data-red]", form).filter(function (question) { return chosen(question) === "yes"; })[0];
  }

  function counts(part) {
    var line = stop();
    var after = line && line.compareDocumentPosition(part) & Node.DOCUMENT_POSITION_FOLLOWING;
    return !after || part.closest(".sc-step") === steps[last];
  }

  function parts(selector) {
    return all(selector, form).filter(counts);
  }

  function refresh() {
    var line = stop();
    all(".sc-q, .sc-blank", form).forEach(function (part) { part.toggleAttribute("data-off", !counts(part)); });
    all(".sc-q", form).forEach(function (question) {
      question.dataset.answer = chosen(question);
      if (chosen(question)) question.querySelector(".sc-error").textContent = "";
      all("[data-when]", question).forEach(function (lead) {
        lead.toggleAttribute("data-on", lead.dataset.when.split(" ").indexOf(chosen(question)) >= 0);
      });
    });
    nextButton.textContent = now === last ? words.finish : line ? words.correct : words.next;
    form.querySelector("[data-do=back]").hidden = now === 0;
  }

  // What a blank still lacks, by the rules of form that paper shows as a list to tick.
  function lacks(blank) {
    var written = blank.querySelector("textarea").value.trim();
    var found = [];
    all(".sc-ticks li", blank).forEach(function (rule) {
      var word = JSON.parse(rule.dataset.words).filter(function (one) { return uses(written, one); })[0];
      var wrong = { filled: !written, date: written && !DATE.test(written), avoids: word }[rule.dataset.kind];
      if (wrong) found.push({ blank: blank, kind: rule.dataset.kind, say: rule.dataset.say.replace("{word}", word) });
    });
    return found;
  }

  function uses(written, word) {
    if (!/^[a-z]/i.test(word)) return written.indexOf(word) >= 0;
    return new RegExp("\\b" + word + "\\b", "i").test(written.replace(/’/g, "'"));
  }

  function tell(blank) {
    var say = blank.querySelector(".sc-say");
    var found = lacks(blank);
    say.textContent = "";
    found.forEach(function (one) { add(say, "li", one.say); });
    return found;
  }

  function add(parent, tag, words) {
    var element = document.createElement(tag);
    element.textContent = words;
    parent.appendChild(element);
    return element;
  }

  function go(to) {
    now = to;
    warned = "";
    steps.forEach(function (step, place) { step.toggleAttribute("data-now", place === now); });
    result.hidden = true;
    summary.hidden = true;
    buttons.hidden = bar.hidden = false;
    form.dataset.view = "form";
    document.title = pageTitle;
    form.querySelector(".sc-progress").textContent = words.step.replace("{now}", now + 1).replace("{all}", steps.length);
    refresh();
  }

  function head(section) {
    section.querySelector("h2").focus();
  }

  function complain(said, entries) {
    var links = summary.querySelector("ul");
    summary.querySelector("p").textContent = said;
    links.textContent = "";
    entries.forEach(function (entry) {
      var link = add(add(links, "li", ""), "a", entry.say);
      link.href = "#" + entry.target.id;
      link.addEventListener("click", function (event) {
        event.preventDefault();
        entry.target.focus();
      });
    });
    document.title = words.trouble + words.colon + pageTitle;
    summary.hidden = false;
    summary.focus();
  }

  function next() {
    var open = all(".sc-q", steps[now]).filter(function (question) { return counts(question) && !chosen(question); });
    open.forEach(function (question) { question.querySelector(".sc-error").textContent = words.choose; });
    if (open.length) {
      complain(words.unanswered, open.map(function (question) {
        return { say: plain(question.querySelector("legend")), target: question.querySelector("input") };
      }));
      return;
    }
    var found = [];
    all(".sc-blank", steps[now]).filter(counts).forEach(function (blank) { found = found.concat(tell(blank)); });
    var empty = found.filter(function (one) { return one.kind === "filled"; });
    if (now === last && empty.length) return lead(words.obligatory, empty);
    var said = found.map(function (one) { return one.say; }).join("\n");
    if (said && said !== warned) {
      lead(words.improve, found);
      warned = said;
      nextButton.textContent = now === last ? words.finish : words.go_on;
      return;
    }
    if (now === last) return finish();
    go(stop() ? last : now + 1);
    head(steps[now]);
  }

  function lead(said, found) {
    complain(said, found.map(function (one) { return { say: one.say, target: one.blank.querySelector("textarea") }; }));
  }

  function back() {
    var line = stop();
    var from = result.hidden ? now : last + 1;
    go(from === last && line ? steps.indexOf(line.closest(".sc-step")) : from - 1);
    head(steps[now]);
  }

  // The list: headings with lines, made of texts that stand on the page and of what was written.
  function contents() {
    var line = stop();
    var found = [];
    if (line) found.push([words.stopped, stopped(line)]);
    var missing = [];
    parts(".sc-blank").forEach(function (blank) {
      var title = blank.closest(".sc-step").dataset.title;
      lacks(blank).forEach(function (one) { missing.push(title + words.colon + one.say); });
    });
    found.push([words.missing, missing]);
    found.push([words.papers, all(".sc-always li", form).map(plain).concat(leads("paper"))]);
    found.push([words.offices, offices().concat(list.dataset.contact)]);
    found.push([words.open, leads("open")]);
    steps.forEach(function (step) { found.push([words.written.replace("{title}", step.dataset.title), written(step)]); });
    return found.filter(function (part) { return part[1].length; }).map(function (part) {
      return [part[0], part[1].filter(function (one, place, lines) { return lines.indexOf(one) === place; })];
    });
  }

  function stopped(line) {
    var law = all("[data-ref]", line).map(plain).join(words.semicolon);
    return [words.red_line + words.colon + line.dataset.red, words.basis + words.colon + law].concat(all("[data-line]", line).map(plain));
  }

  function given(kind) {
    return all("[data-kind=" + kind + "][data-on]", form).filter(function (one) { return counts(one.closest(".sc-q")); });
  }

  function leads(kind) {
    return given(kind).map(function (one) { return plain(one.querySelector("[data-text]")); });
  }

  function offices() {
    var asked = new Map();
    given("office").forEach(function (one) {
      var about = asked.get(one.dataset.office) || [];
      var what = plain(one.querySelector("[data-text]"));
      asked.set(one.dataset.office, about.indexOf(what) < 0 ? about.concat(what) : about);
    });
    return Array.from(asked, function (one) { return one[0] + words.colon + one[1].join(words.semicolon); });
  }

  function written(step) {
    return all(".sc-blank", step).filter(counts).map(function (blank) {
      var value = blank.querySelector("textarea").value.trim().replace(/\s*\n\s*/g, words.semicolon);
      return value && plain(blank.querySelector("label")).replace(/[？?]$/, "") + words.colon + value;
    }).filter(Boolean);
  }

  function finish() {
    var found = contents();
    list.textContent = "";
    text = form.dataset.title + "\n" + form.dataset.notice + "\n";
    found.forEach(function (part) {
      add(list, "h3", part[0]);
      var lines = add(list, "ul", "");
      part[1].forEach(function (one) { add(lines, "li", one); });
      text += "\n" + part[0] + "\n" + part[1].map(function (one) { return "- " + one + "\n"; }).join("");
    });
    text += "\n" + form.dataset.notice + "\n";
    go(last);
    steps[last].removeAttribute("data-now");
    result.hidden = false;
    buttons.hidden = bar.hidden = true;
    form.dataset.view = "list";
    head(result);
  }

  // A byte order mark and the line ends of Windows, so that every editor shows the Chinese text as it is.
  function save() {
    var link = document.createElement("a");
    var address = URL.createObjectURL(new Blob(["\ufeff" + text.replace(/\n/g, "\r\n")], { type: "text/plain;charset=utf-8" }));
    link.href = address;
    link.download = form.dataset.file;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(address); }, 10000);
  }

  function clear() {
    form.reset();
    list.textContent = text = "";
    all(".sc-say, .sc-error", form).forEach(function (said) { said.textContent = ""; });
    go(0);
  }

  function printAs(view) {
    form.dataset.view = view;
    window.print();
  }

  var acts = {
    next: next,
    back: back,
    save: save,
    print: function () { printAs("list"); },
    paper: function () { printAs("form"); },
    clear: function () { clear(); head(steps[0]); }
  };
  form.addEventListener("click", function (event) {
    var button = event.target.closest("[data-do]");
    if (button) acts[button.dataset.do]();
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("change", refresh);
  // What no longer holds goes while one writes. On leaving the blank the lines would move under a button just pressed.
  form.addEventListener("input", function (event) {
    var blank = event.target.closest(".sc-blank");
    if (blank && blank.querySelector(".sc-say").firstChild) tell(blank);
  });
  // A clause opens beside the form, because leaving the page gives up what was answered.
  all("a", form).forEach(function (link) {
    link.target = "_blank";
    link.rel = "noopener";
  });
  form.dataset.on = "";
  clear();
})();
