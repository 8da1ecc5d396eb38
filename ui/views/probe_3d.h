#pragma once
#include <QObject>
#include <QProcess>
#include <QString>
#include <QStringList>

namespace recontour {

/// Renders one triangle off screen and looks at it: what `--probe-3d` does in a process of its own, because VTK ends
/// the program on a display without OpenGL. Says on standard error why not.
/// @return 0 when 3D works here, 1 when not
int runProbe3d();

/// Finds out in a child process whether this display can do 3D. The program must call runProbe3d() when it is started
/// with `--probe-3d` alone.
class Probe3d : public QObject {
  Q_OBJECT
 public:
  /// @param program  the program to ask; this one when empty
  explicit Probe3d(const QString& program = {}, QObject* parent = nullptr);
  ~Probe3d() override;
  void setEnvironment(const QProcessEnvironment& environment) { process_.setProcessEnvironment(environment); }
  void start();

 Q_SIGNALS:
  /// Once. @param reason  why 3D does not work, empty when it does
  void finished(bool works, const QString& reason);

 private:
  void report(bool works, const QString& reason);
  QString program_;
  QProcess process_;
  bool reported_ = false;
};

}  // namespace recontour
