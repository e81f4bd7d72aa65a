/* The search page. Nothing is loaded before the first search; the index of the page's own language is used.
   A query in everyday words is cut into words; each word is looked up with the words the pages use for it, and
   the pages that answer more of the words, and the rarer ones, come first. */
(function () {
  "use strict";

  var zh = document.documentElement.lang.indexOf("zh") === 0;
  var root = new URL(document.currentScript.src).pathname.replace(/assets\/search\.js$/, "");
  var form = document.getElementById("search-form");
  var input = document.getElementById("search-query");
  var status = document.getElementById("search-status");
  var list = document.getElementById("search-results");
  var engine = null;
  var latest = 0;
  var SHOWN = 10;
  var RANKING = { pageLength: 0.5, metaWeights: { title: 10, keywords: 10, description: 2 } };

  function load() {
    if (!engine) {
      engine = Promise.all([
        import(root + "pagefind/pagefind.js"),
        fetch(root + "assets/search-words.json").then(function (answer) { return answer.json(); })
      ]).then(function (both) {
        var pagefind = both[0];
        return pagefind.options({ baseUrl: root, noWorker: true, ranking: RANKING, excerptLength: zh ? 40 : 24 })
          .then(function () { return { pagefind: pagefind, words: both[1][zh ? "zh" : "en"] }; });
      });
    }
    return engine;
  }

  // Known phrases first, longest first, then the browser's own word borders.
  function cut(query, words) {
    var rest = query.toLowerCase();
    var found = [];
    Object.keys(words.words).sort(function (a, b) { return b.length - a.length; }).forEach(function (phrase) {
      if (rest.indexOf(phrase) < 0) return;
      found.push(phrase);
      rest = rest.split(phrase).join(" ");
    });
    segments(rest).forEach(function (word) {
      if (words.stop.indexOf(word) < 0 && found.indexOf(word) < 0) found.push(word);
    });
    // A single Chinese character is part of too many words to say anything beside longer ones.
    var longer = found.filter(function (word) { return !zh || word.length > 1; });
    return longer.length ? longer : found.length ? found : [query];
  }

  function segments(text) {
    if (!zh || !Intl.Segmenter) return text.split(/[\s,.?!，。？！、“”《》]+/).filter(Boolean);
    var parts = Array.from(new Intl.Segmenter("zh", { granularity: "word" }).segment(text));
    return parts.filter(function (part) { return part.isWordLike; }).map(function (part) { return part.segment; });
  }

  function rank(query, parts) {
    return Promise.all(cut(query, parts.words).map(function (word) {
      var terms = parts.words.words[word] || [word];
      return Promise.all(terms.map(function (term) { return parts.pagefind.search(term); }));
    })).then(function (answers) {
      var pages = new Map();
      answers.forEach(function (searches) { add(pages, searches); });
      return Array.from(pages.values()).sort(function (a, b) { return b.score - a.score; });
    });
  }

  // One word: a page's best term counts; a word that few pages have counts for more.
  function add(pages, searches) {
    var best = new Map();
    searches.forEach(function (search) {
      var top = search.results.length ? search.results[0].score : 1;
      search.results.forEach(function (result) {
        var score = result.score / top;
        if (!best.has(result.id) || best.get(result.id).score < score) best.set(result.id, { result: result, score: score });
      });
    });
    var rarity = Math.log(1 + 30 / (1 + best.size));
    best.forEach(function (one, id) {
      var page = pages.get(id) || { result: one.result, score: 0 };
      page.score += rarity * one.score;
      pages.set(id, page);
    });
  }

  function show(query, pages, mine) {
    return Promise.all(pages.slice(0, SHOWN).map(function (page) { return page.result.data(); })).then(function (found) {
      if (mine !== latest) return;
      list.textContent = "";
      found.forEach(function (page) { list.appendChild(item(page)); });
      status.textContent = found.length
        ? (zh ? "找到 " + pages.length + " 页" + (pages.length > SHOWN ? "，列出最相关的 " + SHOWN + " 页。" : "。")
              : pages.length + " pages found" + (pages.length > SHOWN ? "; the " + SHOWN + " most relevant are listed." : "."))
        : (zh ? "没有找到“" + query + "”。可以换个说法，或者从下面的栏目里找。"
              : "Nothing found for “" + query + "”. Try other words, or browse the sections below.");
    });
  }

  function item(page) {
    var entry = document.createElement("li");
    var heading = document.createElement("h2");
    heading.appendChild(link(page.url, page.meta.title));
    entry.appendChild(heading);
    var excerpt = document.createElement("p");
    excerpt.innerHTML = page.excerpt;
    entry.appendChild(excerpt);
    var parts = page.sub_results.filter(function (part) {
      return part.url.indexOf("#") > 0 && part.title !== page.meta.title;
    }).slice(0, 2);
    if (parts.length) {
      var more = document.createElement("p");
      parts.forEach(function (part, number) {
        if (number) more.appendChild(document.createTextNode(" · "));
        more.appendChild(link(part.url, part.title));
      });
      entry.appendChild(more);
    }
    return entry;
  }

  function link(address, words) {
    var anchor = document.createElement("a");
    anchor.href = address;
    anchor.textContent = words;
    return anchor;
  }

  function search(query) {
    var mine = ++latest;
    list.textContent = "";
    if (!query) {
      status.textContent = "";
      list.removeAttribute("aria-busy");
      return;
    }
    status.textContent = zh ? "正在搜索……" : "Searching…";
    list.setAttribute("aria-busy", "true");
    load().then(function (parts) { return rank(query, parts); }).then(function (pages) { return show(query, pages, mine); })
      .catch(function () {
        engine = null;
        status.textContent = zh ? "搜索没有成功，可能是网络中断。请再试一次，或者从下面的栏目里找。"
          : "The search failed, perhaps the network was interrupted. Try again, or browse the sections below.";
      })
      .then(function () { if (mine === latest) list.setAttribute("aria-busy", "false"); });
  }

  function asked() {
    return (new URLSearchParams(location.search).get("q") || "").trim();
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var query = input.value.trim();
    history.pushState(null, "", query ? "?q=" + encodeURIComponent(query) : location.pathname);
    search(query);
  });
  window.addEventListener("popstate", function () { input.value = asked(); search(asked()); });
  input.value = asked();
  search(asked());
})();
