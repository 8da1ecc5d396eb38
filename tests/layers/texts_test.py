"""Every text that people read goes through tr(), so that it can be translated.

usage: texts_test.py SOURCE_FOLDER
"""
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(sys.argv[1])
SETTERS = r"(?:setText|setToolTip|setWindowTitle|setPlaceholderText|setAccessibleName|addAction|addButton|addItem|QLabel|QPushButton|QCheckBox)"
BARE = re.compile(SETTERS + r"\(\s*(?:QStringLiteral\(|QLatin1String\()?\"[^\"]*[A-Za-z]{2}")
WORDS = re.compile(r"(?:QStringLiteral|QLatin1String|fromLatin1|fromUtf8)\(\"[^\"<%]*[A-Za-z]{2,} +[A-Za-z]{2,}[^\"]*\"")
NOT_READ = re.compile(r"setProperty|setObjectName|beginGroup|styleSheet|span style")
NO_LANGUAGE = re.compile(r"\"HH:mm:ss  \"|\"Recontour\"")


def texts_without_tr(source):
    found = []
    for number, line in enumerate(source.read_text().splitlines(), 1):
        suspicious = BARE.search(line) or WORDS.search(line)
        if suspicious and not NOT_READ.search(line) and not NO_LANGUAGE.search(line):
            found.append(f"{source.relative_to(ROOT)}:{number}: {line.strip()}")
    return found


class Texts(unittest.TestCase):
    def test_texts_of_the_window_go_through_tr(self):
        # A study's report is in English whatever the window speaks: it goes into papers.
        sources = [source for source in ROOT.glob("ui/**/*.cpp") if source.parent != ROOT / "ui/report"]
        sources += ROOT.glob("app/workstation/*.cpp")
        self.assertGreater(len(sources), 50)
        self.assertEqual([text for source in sources for text in texts_without_tr(source)], [])

    def test_a_bare_text_would_be_found(self):
        for line in ('label->setText("Save the map");', 'new QLabel(QStringLiteral("Brush"), this);',
                     'QStringLiteral("Not saved yet")'):
            self.assertTrue(BARE.search(line) or WORDS.search(line), line)
        self.assertFalse(BARE.search('label->setText(tr("Save the map"));'))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
